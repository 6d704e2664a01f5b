import { constants } from "node:http2";
import type { Socket } from "node:net";
import type { ConnectRouter, ConnectRouterOptions } from "@connectrpc/connect";
import {
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import { isConnectionLost, withWireFaults } from "../../engine/faults/transport-faults.js";
import { asConnectGo } from "../../engine/http/connect-go.js";
import { lazyHandlers } from "../../engine/http/lazy-handlers.js";
import { whenIdle } from "../../engine/time/wait.js";
import type { Connections } from "./connections.js";
import type { NodeHandler, NodeResponse } from "./node-handler.js";
import { type NodeRequest, pathOf } from "./request-parts.js";
import { sendNotFound } from "./send.js";

/** Creates a handler that serves services, as connect-node's adapter does. It also breaks the connections that a fault must break. */
export function createAdapter(
  connections: Connections,
  routes: (router: ConnectRouter) => void,
  routerOptions: ConnectRouterOptions = {},
): NodeHandler {
  const options = { gzip: compressionGzip, compressResponses: true };
  const handlerOf = lazyHandlers(
    routes,
    // connect-go compresses messages of every size.
    { acceptCompression: [compressionGzip], compressMinBytes: 0, ...routerOptions },
    (handler, lifetime) => withWireFaults(asConnectGo(handler, options), lifetime),
  );

  async function respond(request: NodeRequest, response: NodeResponse): Promise<void> {
    const handler = handlerOf(pathOf(request));
    if (handler === undefined) {
      sendNotFound(response);
      return;
    }
    // HTTP/1.0 has no Host header, and the request's URL needs a name.
    if (!("stream" in request)) request.headers.host ??= "localhost";
    const sent = universalRequestFromNodeRequest(request, response, undefined, undefined);
    const { header = new Headers(), ...rest } = await handler(sent);
    // Kept, because `writeHead` would replace it.
    const vary = response.getHeader("vary");
    if (typeof vary === "string") header.append("vary", vary);
    await universalResponseToNodeResponse({ ...rest, header }, response);
  }

  return (request, response) => {
    respond(request, response).catch((reason: unknown) => {
      const isBroken =
        isConnectionLost(reason) || (reason instanceof Error && isConnectionLost(reason.cause));
      if (isBroken) disconnect(connections.of(request), response);
      else giveUp(response);
    });
  };
}

/** Breaks a connection. Under HTTP/2, this breaks all calls that share it. */
export function disconnect(connection: Socket | undefined, { headersSent }: NodeResponse): void {
  // Later, because the bytes that were written must be sent first, and HTTP/2 must finish its work.
  whenIdle(() => {
    // Node cannot reset a socket that it is ending, because the client has gone: the socket would stay open for ever.
    if (headersSent || connection?.writableEnded) connection?.destroy();
    else connection?.resetAndDestroy();
  });
}

/** Ends a response that no client waits for: the client is gone, or has sent something that is not a request. */
export function giveUp(response: NodeResponse): void {
  if ("stream" in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else response.destroy();
}
