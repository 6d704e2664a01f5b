import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import {
  Health,
  HealthCheckResponse_ServingStatus,
  HealthCheckResponseSchema,
} from "../../../../gen/grpc/health/v1/health_pb.js";
import { failure } from "../errors.js";
import type { Lifetime } from "../time/lifetime.js";

/**
 * Adds gRPC's health check to a router. It reports every service of the router as serving. It needs no token and logs no calls. It fails
 * if the server has ended.
 */
export function healthRoutes(router: ConnectRouter, lifetime: Pick<Lifetime, "current">): void {
  router.service(Health, {
    check({ service }) {
      lifetime.current.check();
      const isServed =
        service === "" || router.handlers.some((handler) => handler.service.typeName === service);
      if (!isServed) throw failure("not_found", `unknown service ${service}`);
      return create(HealthCheckResponseSchema, { status: HealthCheckResponse_ServingStatus.SERVING });
    },
  });
}
