import { isDeepStrictEqual } from "node:util";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";
import { Callers } from "./callers.js";
import { isSameAnswer } from "./compare.js";
import { playLever } from "./levers.js";
import { Placeholders } from "./placeholders.js";
import { isLever, type RecordedCall, type Recording } from "./read-recording.js";
import { type Answer, send, toRequest, type WireRequest } from "./send.js";

/** What can differ between the recorded answer and the mock's. */
export type Difference = "status" | "code" | "answer" | "text" | "details";

/** A recorded call, and what the mock made of it. */
export interface ReplayedCall {
  readonly call: RecordedCall;
  readonly request: WireRequest;
  readonly answer: Answer;
  /** Empty if the answers are the same. */
  readonly differences: readonly Difference[];
}

/** The services that the mock carries. Calls of others are left out of a replay. */
const carried: readonly (string | undefined)[] = [
  undefined,
  "UserAccountService",
  "AuthService",
  "ApiKeyService",
];

/** Replays a recording on a mock server, through a listener. */
export async function replay({ options, steps }: Recording): Promise<ReplayedCall[]> {
  const server = createMockServer({ apis: ["vydon"], vydon: options });
  const placeholders = new Placeholders(() => server.clock.now());
  const callers = new Callers(server, placeholders);
  const listener = await listen(server, { cors: false });
  const replayed: ReplayedCall[] = [];
  try {
    for (const step of steps) {
      if (isLever(step)) playLever(step, server, callers, placeholders);
      else if (carried.includes(step.service) && !lacksRequest(step)) {
        const request = toRequest(step, callers, placeholders);
        const answer = await send(listener.url, request);
        callers.keepKey(step.label, answer.response);
        replayed.push({ call: step, request, answer, differences: compare(step, answer, placeholders) });
      }
    }
  } finally {
    await listener.close();
  }
  return replayed;
}

/**
 * Whether a line cannot be sent again: it does not say the query of its GET, or the identity provider of the recording made the
 * response, which was a stand-in that knew a few words.
 */
function lacksRequest({ label, method, code }: RecordedCall): boolean {
  if (label === "by GET") return method === "GetAccountApiKeys" || method === "GetAuthorizeUrl";
  const isFromIssuer = ["GetAuthorizeUrl", "LoginCli", "RefreshCli"].includes(method);
  return isFromIssuer && (code === null || label === "the issuer answers no JSON");
}

function compare(call: RecordedCall, answer: Answer, placeholders: Placeholders): Difference[] {
  const differences: Difference[] = [];
  if (answer.httpStatus !== call.httpStatus) differences.push("status");
  if (answer.code !== call.code) differences.push("code");
  if (!isSameAnswer(call.response, answer.response, placeholders)) differences.push("answer");
  if (!isSameAnswer(call.message, answer.message, placeholders)) differences.push("text");
  if (!isDeepStrictEqual(answer.details, call.details)) differences.push("details");
  return differences;
}
