import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Status } from "../../gen/grpc/health/v1/health_pb.js";
import { connectErrorOf, openWorld } from "./world.js";

// The gRPC health check.

describe("grpc.health.v1.Health", () => {
  const world = openWorld({ apis: ["vydon", "ona"] });

  it.each(["", "mgmt.v1alpha1.UserAccountService", "gitpod.v1.AccountService", "grpc.health.v1.Health"])(
    'Check returns SERVING for the service "%s", needs no token, and is not in the call log',
    async (service) => {
      const { status } = await world.client(Health).check({ service });
      expect(status).toBe(Status.SERVING);
      expect(world.server.calls.count).toBe(0);
    },
  );

  it.each(["fam.v1.AccountService", "nope"])(
    "Check fails with not_found for %s, which the server does not serve",
    async (service) => {
      const error = await connectErrorOf(world.client(Health).check({ service }));
      expect(error).toMatchObject({ code: Code.NotFound, rawMessage: `unknown service ${service}` });
    },
  );
});
