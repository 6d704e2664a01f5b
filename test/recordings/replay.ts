import { createMockServer } from "../../src/mock/index.js";
import { Placeholders } from "../../src/mock/node/verify/placeholders.js";
import { type ReplayedCall, replaySteps } from "../../src/mock/node/verify/replay.js";
import { Callers } from "./callers.js";
import { playLever } from "./levers.js";
import type { RecordedCall, Recording } from "./read-recording.js";
import { toRequest } from "./to-request.js";

export type { Difference, ReplayedCall } from "../../src/mock/node/verify/replay.js";

/** The services of the mock. A replay skips calls of other services. */
const carried: readonly (string | undefined)[] = [
  undefined,
  "UserAccountService",
  "AuthService",
  "ApiKeyService",
];

/** Replays a recording on a mock server, through a listener. */
export function replay({ options, steps }: Recording): Promise<ReplayedCall[]> {
  const server = createMockServer({ apis: ["vydon"], vydon: options });
  const placeholders = new Placeholders(() => server.clock.now());
  const callers = new Callers(server, placeholders);
  return replaySteps(server, steps, {
    placeholders,
    toRequest: (call) =>
      carried.includes(call.service) && !isFromIssuer(call)
        ? toRequest(call, callers, placeholders)
        : undefined,
    playLever: (lever) => playLever(lever, server, callers, placeholders),
    received(call, answer) {
      callers.keepKey(call.label, answer.response);
      return answer;
    },
  });
}

/** Checks whether a call's response is from the recording's identity provider, a test server with a few fixed responses. */
function isFromIssuer({ label, method, httpStatus }: RecordedCall): boolean {
  const needsIssuer = ["GetAuthorizeUrl", "LoginCli", "RefreshCli"].includes(method);
  return needsIssuer && (httpStatus === 200 || label === "the issuer answers no JSON");
}
