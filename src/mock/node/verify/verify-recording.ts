import type { DescMethod } from "@bufbuild/protobuf";
import { findService } from "../../apis.js";
import { messageOf } from "../../engine/message-of.js";
import type { MockServer } from "../../mock-server.js";
import { createMockServer } from "../../server.js";
import type { VydonModes } from "../../vydon/options.js";
import { UsageError } from "../command/usage-error.js";
import { RecordedCallers } from "./callers.js";
import { comparableAnswer, comparableDetails, comparableRecorded } from "./comparable.js";
import { Placeholders } from "./placeholders.js";
import { isLever, type RecordedCall, type Step, serviceOf, type Unrecorded } from "./recording.js";
import { replaySteps } from "./replay.js";
import type { WireRequest } from "./send.js";
import { Judge, type Verdict } from "./verdict.js";

/** One line of a recording, and the result of its replay. */
export interface VerifiedCall {
  readonly call: RecordedCall;
  readonly verdict: Verdict;
}

/** The parts of a call that must be recorded for a replay. */
const needed: readonly Unrecorded[] = ["the method", "the request", "the response"];

/**
 * Replays the steps of a recording on a new mock server. Returns a verdict for each call.
 *
 * @param vydon - the settings of the Vydon server that was recorded.
 * @param faults - faults of the mock server, as JSON.
 * @throws UsageError if the recording or the faults are wrong.
 */
export async function verifyRecording(
  recorded: readonly Step[],
  vydon: VydonModes,
  faults: unknown = [],
): Promise<VerifiedCall[]> {
  const steps = recorded.map(comparable);
  const server = createMockServer({ now: startOf(steps), vydon });
  loadFaults(server, faults);
  const placeholders = new Placeholders(() => server.clock.now());
  const callers = new RecordedCallers(server, placeholders, steps);
  const judge = new Judge(placeholders);
  const outsiders = new Set<RecordedCall>();
  const verified: VerifiedCall[] = [];
  await replaySteps(server, steps, {
    placeholders,
    toRequest(call) {
      const method = methodOf(call);
      const missing = (call.unrecorded ?? []).filter((part) => needed.includes(part));
      if (method === undefined || missing.length > 0) {
        const why =
          method === undefined
            ? "the mock has no such method"
            : `the recording does not contain ${missing.join(" and ")}`;
        const verdict: Verdict = { kind: "unknown", why };
        judge.addMissing(call, verdict);
        verified.push({ call, verdict });
        return undefined;
      }
      moveTo(server, call.time);
      if (call.as !== null && callers.isFromOutside(call.as)) outsiders.add(call);
      return toRequest(call, callers.token(call), placeholders);
    },
    playLever({ step }) {
      throw new UsageError(
        `line ${step} is not a call: only recordings of tenantry mock --proxy can be verified`,
      );
    },
    received(call, answer) {
      const output = methodOf(call)?.output;
      const response = output === undefined ? answer.response : comparableAnswer(output, answer.response);
      return { ...answer, response, details: comparableDetails(answer.details) };
    },
    replayed(replayed) {
      const method = methodOf(replayed.call);
      if (method === undefined) return;
      const verdict = judge.judge(replayed, method, outsiders.has(replayed.call));
      verified.push({ call: replayed.call, verdict });
    },
  });
  return verified;
}

function comparable(step: Step): Step {
  if (isLever(step)) return step;
  return { ...step, response: comparableRecorded(step.response), details: comparableRecorded(step.details) };
}

function methodOf(call: RecordedCall): DescMethod | undefined {
  return findService(serviceOf(call))?.methods.find(({ name }) => name === call.method);
}

function toRequest(call: RecordedCall, token: string | undefined, placeholders: Placeholders): WireRequest {
  const isOtherForm = call.unrecorded?.includes("the form of the credentials") ?? false;
  return {
    method: "POST",
    path: `/${serviceOf(call)}/${call.method}`,
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: isOtherForm ? "Basic dW5rbm93bg==" : `Bearer ${token}` }),
    },
    body: JSON.stringify(placeholders.fill(call.request)),
  };
}

function startOf(steps: readonly Step[]): Date {
  const times = steps.flatMap((step) =>
    isLever(step) || step.time === undefined ? [] : [Date.parse(step.time)],
  );
  const start = times.reduce((earliest, time) => Math.min(earliest, time), Number.POSITIVE_INFINITY);
  return Number.isFinite(start) ? new Date(start) : new Date();
}

/** Moves the mock's clock to the time of a call, so that invites and trials end as they did on the real server. */
function moveTo({ clock }: MockServer, time: string | undefined): void {
  const at = Date.parse(time ?? "");
  if (at > clock.now()) clock.set(new Date(at));
}

function loadFaults({ faults }: MockServer, json: unknown): void {
  try {
    faults.load(json);
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
