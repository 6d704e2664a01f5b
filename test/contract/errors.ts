import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { RetryInfoSchema } from "../../gen/google/rpc/error_details_pb.js";
import { text } from "./texts.js";
import { connectErrorOf, openWorld, signInAda, type TestedTransport, waitOf } from "./world.js";

const codes = {
  canceled: Code.Canceled,
  unknown: Code.Unknown,
  invalid_argument: Code.InvalidArgument,
  deadline_exceeded: Code.DeadlineExceeded,
  not_found: Code.NotFound,
  already_exists: Code.AlreadyExists,
  permission_denied: Code.PermissionDenied,
  resource_exhausted: Code.ResourceExhausted,
  failed_precondition: Code.FailedPrecondition,
  aborted: Code.Aborted,
  out_of_range: Code.OutOfRange,
  unimplemented: Code.Unimplemented,
  internal: Code.Internal,
  unavailable: Code.Unavailable,
  data_loss: Code.DataLoss,
  unauthenticated: Code.Unauthenticated,
} as const;

/** Tests that a transport delivers an error's code, message, details and Retry-After. */
export function errors(tested: TestedTransport): void {
  describe("an error", () => {
    const world = openWorld(tested);

    it.each(Object.entries(codes))(
      "with the code %s arrives with this code and its message",
      async (name, code) => {
        if (!isCode(name)) throw new Error(`${name} is not a code`);
        world.server.faults.inject({ method: "GetUser", code: name, message: text });
        expect(await connectErrorOf(signInAda(world).rpc.getUser({}))).toMatchObject({
          code,
          rawMessage: text,
        });
      },
    );

    it("arrives with Retry-After and its details", async () => {
      world.server.faults.inject({
        method: "GetUser",
        code: "resource_exhausted",
        retryAfter: 1_500,
        details: [{ desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n } } }],
      });
      const error = await connectErrorOf(signInAda(world).rpc.getUser({}));
      expect(error.code).toBe(Code.ResourceExhausted);
      expect(Object.fromEntries(error.metadata)).toMatchObject(waitOf(tested, 2));
      expect(error.findDetails(RetryInfoSchema)[0]?.retryDelay?.seconds).toBe(2n);
    });

    it("of an invalid request arrives with every violation and its field", async () => {
      const { rpc } = signInAda(world);
      const { accountId } = await rpc.createTeamAccount({ name: "acme" });
      const config = { url: "", namespace: "", syncJobQueueName: "jobs" };
      const error = await connectErrorOf(rpc.setAccountTemporalConfig({ accountId, config }));
      expect(error.code).toBe(Code.InvalidArgument);
      expect(error.rawMessage).toContain("validation errors:\n - config.url: ");
      const [detail] = error.findDetails(ViolationsSchema);
      expect(
        detail?.violations.map(({ ruleId, field }) => [
          ruleId,
          field?.elements.map(({ fieldName }) => fieldName).join("."),
        ]),
      ).toEqual([
        ["string.min_len", "config.url"],
        ["string.min_len", "config.namespace"],
      ]);
    });
  });
}

function isCode(name: string): name is keyof typeof codes {
  return name in codes;
}
