import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Status } from "../../gen/grpc/health/v1/health_pb.js";
import { openWorld, refusal, type TestedTransport } from "./world.js";

/** gRPC's health check, a service beside those of the APIs. */
export function health(tested: TestedTransport): void {
  describe("the health check", () => {
    const world = openWorld(tested);

    it("needs no token", async () => {
      const rpc = world.client(Health);
      expect((await rpc.check({ service: "" })).status).toBe(Status.SERVING);
      const error = await refusal(rpc.check({ service: "nope" }));
      expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "unknown service nope" });
      expect(world.server.calls.count).toBe(0);
    });
  });
}
