import type { ConnectRouter, Transport } from "@connectrpc/connect";
import type { Api } from "./engine/api.js";
import { createFetch, methodPath } from "./engine/http/fetch.js";
import { healthRoutes } from "./engine/http/health.js";
import { createTransport } from "./engine/http/transport.js";
import type { Lifetime } from "./engine/time/lifetime.js";
import type { MockServer } from "./mock-server.js";

/** Creates the ways to call the APIs of one server. */
export function createTransports(
  apis: readonly Api[],
  lifetime: Lifetime,
  lenient: boolean,
): Pick<MockServer, "fetch" | "transport" | "routes"> {
  function routes(router: ConnectRouter): void {
    for (const api of apis) api.routes(router);
    healthRoutes(router, lifetime);
  }

  // It is created at its first use, because many tests never use it.
  let transport: Transport | undefined;

  return {
    fetch: createFetch(routes, { lenient, endpoints: endpointsOf(apis, lifetime), lifetime }),
    transport() {
      transport ??= createTransport(routes, lifetime);
      return transport;
    },
    routes,
  };
}

/** Returns the plain HTTP endpoints of APIs, by path. */
function endpointsOf(apis: readonly Api[], lifetime: Lifetime) {
  return new Map(
    apis.flatMap(({ endpoints = [] }) =>
      Array.from(endpoints, ([path, respond]) => {
        const respondInTime = async (request: Request) => {
          lifetime.current.check();
          return respond(request);
        };
        return [methodPath(path), respondInTime] as const;
      }),
    ),
  );
}
