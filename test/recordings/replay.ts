import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { type Difference, differencesOf } from "../../src/mock/node/verify/compare.js";
import { Placeholders } from "../../src/mock/node/verify/placeholders.js";
import { type Received, send, type WireRequest } from "../../src/mock/node/verify/send.js";
import { Callers } from "./callers.js";
import { playLever } from "./levers.js";
import { isLever, type RecordedCall, type Recording } from "./read-recording.js";
import { toRequest } from "./to-request.js";
import { withoutFakes } from "./without-fakes.js";

export type { Difference };

/** A recorded call, and the mock's response to it. */
export interface ReplayedCall {
  readonly call: RecordedCall;
  readonly request: WireRequest;
  readonly received: Received;
  /** Empty if the responses are the same. */
  readonly differences: readonly Difference[];
}

/** The services of the mock. A replay skips calls of other services. */
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
  await using listener = await listen(server, { cors: false });
  const replayed: ReplayedCall[] = [];
  for (const step of steps) {
    if (isLever(step)) {
      playLever(step, server, callers, placeholders);
      continue;
    }
    if (!carried.includes(step.service) || isFromIssuer(step)) continue;
    const request = toRequest(step, callers, placeholders);
    const received = await send(listener.url, request);
    callers.keepKey(step.label, received.response);
    replayed.push({
      call: step,
      request,
      received,
      differences: differencesOf(withoutFakes(step), withoutFakes(received), placeholders),
    });
  }
  return replayed;
}

/** Checks whether a call's response is from the recording's identity provider, a test server with a few fixed responses. */
function isFromIssuer({ label, method, httpStatus }: RecordedCall): boolean {
  const needsIssuer = ["GetAuthorizeUrl", "LoginCli", "RefreshCli"].includes(method);
  return needsIssuer && (httpStatus === 200 || label === "the issuer answers no JSON");
}
