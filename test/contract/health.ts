import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Status } from "../../gen/grpc/health/v1/health_pb.js";
import { connectErrorOf, openWorld, type TestedTransport } from "./world.js";

/** Tests the gRPC health check, a service besides those of the APIs. */
export function health(tested: TestedTransport): void {
  describe("grpc.health.v1.Health", () => {
    const world = openWorld(tested);

    it("Check succeeds without a token, and fails with not_found for an unknown service", async () => {
      const rpc = world.client(Health);
      expect((await rpc.check({ service: "" })).status).toBe(Status.SERVING);
      const error = await connectErrorOf(rpc.check({ service: "nope" }));
      expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "unknown service nope" });
      expect(world.server.calls.count).toBe(0);
    });
  });
}
