import { maxRequestBytes } from "../../engine/http/bytes.js";
import { messageOf } from "../../engine/message-of.js";
import { firstInstant, lastInstant } from "../../engine/time/instant.js";
import { UsageError } from "../command/parse-options.js";
import { readText } from "../command/read-text.js";
import type { CommandContext } from "../command/run-mock.js";
import { lengthOf } from "../recording/placeholder-values.js";
import { isObject, type Json, parseJson, type RecordedCall } from "../recording/recorded-call.js";
import { placeholdersIn } from "./placeholders.js";
import { lineOf, summaryOf } from "./report.js";
import type { VerifyArguments } from "./verify-arguments.js";
import { verifyRecording } from "./verify-recording.js";

/**
 * Runs `tenantry verify`. Returns whether the mock's responses are the same as the recorded ones.
 *
 * @throws UsageError if the file can't be read or is not a recording, or if the faults are wrong.
 */
export async function runVerify(args: VerifyArguments, { out }: CommandContext): Promise<boolean> {
  const { calls, isCut } = await readCalls(args.file);
  const faults = args.faults === undefined ? [] : await readJson(args.faults);
  const results = await verifyRecording(calls, args.vydon, faults);
  for (const result of results) {
    const text = lineOf(result);
    if (text !== undefined) out(`${text}\n`);
  }
  if (isCut) out("The last line is cut off, and was left out.\n");
  out(`${summaryOf(results)}\n`);
  return results.every(({ verdict }) => verdict.kind !== "differs" && verdict.kind !== "follows");
}

/** Reads a recording. Each call has the number of its line. */
async function readCalls(file: string): Promise<{ calls: RecordedCall[]; isCut: boolean }> {
  const lines = (await readInput(file)).split("\n");
  // If the last line has no line break, it was cut off when the recorder ended.
  const last = lines.pop() ?? "";
  const isCut = last !== "" && parseJson(last) === undefined;
  const complete = isCut ? lines : [...lines, last];
  const calls = complete.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const call = parse(line, `${file}, line ${index + 1}`, index === 0);
    return index === 0 ? [] : [{ ...call, step: index + 1 }];
  });
  if (calls.length === 0) {
    throw new UsageError(`${file} has no calls: use your app with the proxy's URL while it records`);
  }
  return { calls, isCut };
}

function parse(line: string, where: string, isHead: boolean): RecordedCall {
  const json = parseJson(line);
  if (json === undefined) throw new UsageError(`${where} is not JSON: this is not a recording`);
  checkLengths(json, where);
  if (isCall(json, isHead)) return json;
  throw new UsageError(
    `${where} is not a call of a real server. Only recordings of tenantry mock --proxy URL --record FILE can be verified`,
  );
}

/** @throws UsageError if the values of a line's placeholders are so long that they could fill the memory. */
function checkLengths(line: Json, where: string): void {
  const inRequest = isObject(line) ? placeholdersIn(line["request"]) : [];
  const length = inRequest.reduce((sum, name) => sum + lengthOf(name), 0);
  if (length <= maxRequestBytes && placeholdersIn(line).every((name) => lengthOf(name) <= maxRequestBytes))
    return;
  throw new UsageError(`${where} has values of more than 4 MiB, and the mock accepts no such request`);
}

/** Checks whether a line is a call, or the head of a recording. A call that `tenantry mock --record` has written without --proxy is neither. */
function isCall(json: unknown, isHead: boolean): json is RecordedCall {
  if (typeof json !== "object" || json === null || !("step" in json)) return false;
  if (typeof json.step !== "number") return false;
  return isHead || ("httpStatus" in json && "time" in json && isTime(json.time));
}

function isTime(value: unknown): boolean {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return ms >= firstInstant && ms <= lastInstant;
}

async function readJson(file: string): Promise<unknown> {
  const json = parseJson(await readInput(file));
  if (json === undefined) throw new UsageError(`${file} is not JSON`);
  return json;
}

async function readInput(file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${messageOf(error)}`);
  }
}
