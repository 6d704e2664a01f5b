import {
  Code,
  ConnectError,
  type ConnectRouter,
  createConnectRouter,
  createRouterTransport,
  type Transport,
} from "@connectrpc/connect";
import { createUniversalHandlerClient } from "@connectrpc/connect/protocol";
import { ConnectionLost } from "../faults/apply-wire-fault.js";
import { type TransportLimits, withWireFaults } from "../faults/transport-faults.js";
import type { Lifetime } from "../time/lifetime.js";

const limits: TransportLimits = {
  cannot: ["reset", "cut_body"],
  reason: "server.transport(), which has no connection to break",
};

/** Returns a Connect transport that calls services in process. */
export function createTransport(routes: (router: ConnectRouter) => void, lifetime: Lifetime): Transport {
  const router = createConnectRouter({ grpc: false, grpcWeb: false });
  routes(router);
  const call = createUniversalHandlerClient(
    router.handlers.map((handler) => withWireFaults(handler, lifetime, limits)),
  );
  return createRouterTransport(() => {}, {
    transport: {
      async httpClient(request) {
        // A call that is already canceled is not sent, as with a real connection.
        request.signal?.throwIfAborted();
        try {
          return await call(request);
        } catch (reason) {
          if (!(reason instanceof ConnectionLost)) throw reason;
          throw new ConnectError("the response was lost (injected fault)", Code.Unavailable);
        }
      },
    },
  });
}
