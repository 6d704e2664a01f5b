import type { MockServer } from "../../mock-server.js";
import { listen } from "../listener/listen.js";
import { isSameAnswer } from "./compare.js";
import type { Placeholders } from "./placeholders.js";
import { isLever, type RecordedCall, type RecordedLever, type Step } from "./recording.js";
import { type Answer, send, type WireRequest } from "./send.js";

/** The parts of an answer in which the recorded one and the mock's can differ. */
export type Difference = "status" | "code" | "answer" | "text" | "details";

/** A recorded call, and the mock's answer to it. */
export interface ReplayedCall {
  readonly call: RecordedCall;
  readonly request: WireRequest;
  readonly answer: Answer;
  /** Empty if the answers are the same. */
  readonly differences: readonly Difference[];
}

/** The parts of a replay that depend on the kind of recording. */
export interface ReplayScript {
  readonly placeholders: Placeholders;
  /** Returns the request of a call. Undefined leaves the call out. */
  toRequest(call: RecordedCall): WireRequest | undefined;
  /** Repeats a change that was made outside of the API. */
  playLever(lever: RecordedLever): void;
  /** Called with the mock's answer before it is compared. Returns the answer to compare. */
  received?(call: RecordedCall, answer: Answer): Answer;
  /** Called with each call after it was compared. */
  replayed?(replayed: ReplayedCall): void;
}

/** Replays the steps of a recording on a mock server, through a listener. Returns the calls that were sent. */
export async function replaySteps(
  server: MockServer,
  steps: readonly Step[],
  script: ReplayScript,
): Promise<ReplayedCall[]> {
  const listener = await listen(server, { cors: false });
  const all: ReplayedCall[] = [];
  try {
    for (const step of steps) {
      if (isLever(step)) {
        script.playLever(step);
        continue;
      }
      const request = script.toRequest(step);
      if (request === undefined) continue;
      const received = await send(listener.url, request);
      const answer = script.received?.(step, received) ?? received;
      const differences = compare(step, answer, script.placeholders);
      const replayed = { call: step, request, answer, differences };
      all.push(replayed);
      script.replayed?.(replayed);
    }
  } finally {
    await listener.close();
  }
  return all;
}

function compare(call: RecordedCall, answer: Answer, placeholders: Placeholders): Difference[] {
  const differences: Difference[] = [];
  if (answer.httpStatus !== call.httpStatus) differences.push("status");
  if (answer.code !== call.code) differences.push("code");
  if (!isSameAnswer(call.response, answer.response, placeholders)) differences.push("answer");
  if (!isSameAnswer(call.message, answer.message, placeholders)) differences.push("text");
  if (!isSameAnswer(call.details, answer.details, placeholders)) differences.push("details");
  return differences;
}
