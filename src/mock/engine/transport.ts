import {
  Code,
  ConnectError,
  type ConnectRouter,
  createConnectRouter,
  createRouterTransport,
  type Transport,
} from "@connectrpc/connect";
import { createUniversalHandlerClient } from "@connectrpc/connect/protocol";
import { transportDoor } from "./doors.js";
import { isConnectionLost, through } from "./passage.js";

/** A transport that leads to services in process. */
export function createTransport(routes: (router: ConnectRouter) => void): Transport {
  const router = createConnectRouter({ grpc: false, grpcWeb: false });
  routes(router);
  const call = createUniversalHandlerClient(
    router.handlers.map((handler) => through(transportDoor, handler)),
  );
  return createRouterTransport(() => {}, {
    transport: {
      httpClient: (request) =>
        call(request).catch((reason) => {
          if (!isConnectionLost(reason)) throw reason;
          throw new ConnectError("the answer was lost (injected fault)", Code.Unavailable);
        }),
    },
  });
}
