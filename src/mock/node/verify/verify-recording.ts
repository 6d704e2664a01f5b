import type { DescMethod } from "@bufbuild/protobuf";
import { findService } from "../../apis.js";
import { messageOf } from "../../engine/message-of.js";
import type { MockServer } from "../../mock-server.js";
import { createMockServer } from "../../server.js";
import type { VydonModes } from "../../vydon/options.js";
import { UsageError } from "../command/parse-options.js";
import { listen } from "../listener/listen.js";
import type { RecordedCall, Unrecorded } from "../recording/recorded-call.js";
import { RecordedCallers } from "./callers.js";
import { comparableDetails, comparableReceived, comparableRecorded } from "./comparable.js";
import { differencesOf } from "./compare.js";
import { Placeholders } from "./placeholders.js";
import { send, type WireRequest } from "./send.js";
import { Judge, type Verdict } from "./verdict.js";

/** One line of a recording, and the result of its replay. */
export interface VerifiedCall {
  readonly call: RecordedCall;
  readonly verdict: Verdict;
}

/** The parts of a call that must be recorded for a replay. */
const needed: readonly Unrecorded[] = ["the method", "the request", "the response"];

/**
 * Replays the calls of a recording on a new mock server, through a listener. Returns a verdict for each call.
 *
 * @param vydon - the settings of the Vydon server that was recorded.
 * @param faults - faults of the mock server, as JSON.
 * @throws UsageError if the faults are wrong.
 */
export async function verifyRecording(
  recorded: readonly RecordedCall[],
  vydon: VydonModes,
  faults: unknown,
): Promise<VerifiedCall[]> {
  const calls = recorded.map(comparable);
  const server = createMockServer({ now: startOf(calls), vydon });
  loadFaults(server, faults);
  const placeholders = new Placeholders(() => server.clock.now());
  const callers = new RecordedCallers(server, placeholders, calls);
  const judge = new Judge(placeholders);
  const listener = await listen(server, { cors: false });

  async function verify(call: RecordedCall): Promise<Verdict> {
    const method = methodOf(call);
    if (method === undefined) return judge.skip(call, "the mock has no such method");
    const missing = (call.unrecorded ?? []).filter((part) => needed.includes(part));
    if (missing.length > 0)
      return judge.skip(call, `the recording does not contain ${missing.join(" and ")}`);
    moveTo(server, call.time);
    const isOutsider = call.as !== null && callers.isFromOutside(call.as);
    const response = await send(listener.url, toRequest(call, callers.token(call), placeholders));
    const received = {
      ...response,
      response: comparableReceived(method.output, response.response),
      details: comparableDetails(response.details),
    };
    const differences = differencesOf(call, received, placeholders);
    return judge.judge({ call, received, differences }, method, isOutsider);
  }

  const verified: VerifiedCall[] = [];
  try {
    for (const call of calls) verified.push({ call, verdict: await verify(call) });
  } finally {
    await listener.close();
  }
  return verified;
}

function comparable(call: RecordedCall): RecordedCall {
  return { ...call, response: comparableRecorded(call.response), details: comparableRecorded(call.details) };
}

function methodOf(call: RecordedCall): DescMethod | undefined {
  return findService(call.service)?.methods.find(({ name }) => name === call.method);
}

function toRequest(call: RecordedCall, token: string | undefined, placeholders: Placeholders): WireRequest {
  const isOtherForm = call.unrecorded?.includes("the form of the credentials") ?? false;
  return {
    method: "POST",
    path: `/${call.service}/${call.method}`,
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: isOtherForm ? "Basic dW5rbm93bg==" : `Bearer ${token}` }),
    },
    body: JSON.stringify(placeholders.fill(call.request)),
  };
}

function startOf(calls: readonly RecordedCall[]): Date {
  const times = calls.map(({ time }) => Date.parse(time));
  return new Date(times.reduce((earliest, time) => Math.min(earliest, time)));
}

/** Moves the mock's clock to the time of a call, so that invites and trials end as they did on the real server. */
function moveTo({ clock }: MockServer, time: string): void {
  const at = Date.parse(time);
  if (at > clock.now()) clock.set(new Date(at));
}

function loadFaults({ faults }: MockServer, json: unknown): void {
  try {
    faults.load(json);
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
