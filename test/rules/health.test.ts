import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Status } from "../../gen/grpc/health/v1/health_pb.js";
import { openWorld, refusal } from "./world.js";

// gRPC's health check.

describe("the health check", () => {
  const world = openWorld({ apis: ["vydon", "ona"] });

  it.each(["", "mgmt.v1alpha1.UserAccountService", "gitpod.v1.AccountService", "grpc.health.v1.Health"])(
    'says that "%s" works, without a token and without a record of the call',
    async (service) => {
      const { status } = await world.client(Health).check({ service });
      expect(status).toBe(Status.SERVING);
      expect(world.server.calls.count).toBe(0);
    },
  );

  it.each(["fam.v1.AccountService", "nope"])("does not know %s, which is not served", async (service) => {
    const error = await refusal(world.client(Health).check({ service }));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: `unknown service ${service}` });
  });
});
