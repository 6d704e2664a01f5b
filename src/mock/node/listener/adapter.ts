import { constants } from "node:http2";
import type { Socket } from "node:net";
import type { ConnectRouter, ConnectRouterOptions } from "@connectrpc/connect";
import {
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import { ConnectionLost } from "../../engine/faults/apply-wire-fault.js";
import { withWireFaults } from "../../engine/faults/transport-faults.js";
import { maxRequestBytes } from "../../engine/http/bytes.js";
import { asConnectGo } from "../../engine/http/connect-go.js";
import { lazyHandlers } from "../../engine/http/lazy-handlers.js";
import type { Lifetime } from "../../engine/time/lifetime.js";
import { whenIdle } from "../../engine/time/wait.js";
import type { Connections } from "./connections.js";
import { authorityOf, type NodeHandler, type NodeRequest, type NodeResponse, pathOf } from "./node-http.js";
import { sendNotFound } from "./send.js";

/** How services are served. */
interface AdapterOptions {
  /** Whether they accept what older SDKs send. */
  readonly lenient: boolean;
  /** The eras of their mock server. Undefined if they do not belong to one. */
  readonly lifetime: Lifetime | undefined;
  /** How JSON is read. Default: unknown fields are ignored. */
  readonly jsonOptions?: ConnectRouterOptions["jsonOptions"];
  /** The maximum size of a request, in bytes. Default: the limit of the APIs. */
  readonly readMaxBytes?: number;
}

/** Creates a handler that serves services, as connect-node's adapter does. It also breaks a connection if a fault requires it. */
export function createAdapter(
  connections: Connections,
  routes: (router: ConnectRouter) => void,
  { lenient, lifetime, jsonOptions, readMaxBytes = maxRequestBytes }: AdapterOptions,
): NodeHandler {
  const options = {
    lenient,
    gzip: compressionGzip,
    maxRequestBytes: readMaxBytes,
    compressResponses: true,
  };
  const handlerOf = lazyHandlers(
    routes,
    // connect-go compresses messages of every size.
    {
      acceptCompression: [compressionGzip],
      compressMinBytes: 0,
      readMaxBytes,
      ...(jsonOptions && { jsonOptions }),
    },
    (handler) => withWireFaults(asConnectGo(handler, options), lifetime),
  );

  async function respond(request: NodeRequest, response: NodeResponse): Promise<void> {
    const handler = handlerOf(pathOf(request));
    if (handler === undefined) {
      sendNotFound(response);
      return;
    }
    // HTTP/2 and HTTP/1.0 have no Host header, but the request's URL and the links of a response need a host.
    request.headers.host ??= authorityOf(request) || "localhost";
    // `null`, because the request is an iterable of its body already: connect-node would wrap it in another one.
    const sent = universalRequestFromNodeRequest(request, response, null, undefined);
    const { header = new Headers(), ...rest } = await handler({ ...sent, body: request });
    // The header is kept, because `writeHead` would replace it.
    const vary = response.getHeader("vary");
    if (typeof vary === "string") header.append("vary", vary);
    await universalResponseToNodeResponse({ ...rest, header }, response);
  }

  return (request, response) => {
    respond(request, response).catch((reason) => endFailed(reason, connections.of(request), response));
  };
}

/** Ends a response that failed: breaks its connection if a fault requires it. */
export function endFailed(reason: unknown, connection: Socket | undefined, response: NodeResponse): void {
  const cause = reason instanceof Error ? reason.cause : undefined;
  if (reason instanceof ConnectionLost || cause instanceof ConnectionLost) disconnect(connection, response);
  else endAbandoned(response);
}

/** Breaks a connection. Under HTTP/2, this breaks all calls that share it. */
function disconnect(connection: Socket | undefined, { headersSent }: NodeResponse): void {
  // The connection is broken later, because the written bytes must be sent first, and HTTP/2 must finish its work.
  whenIdle(() => {
    // If the client is gone, Node is ending the socket and cannot reset it: the socket would stay open forever.
    if (headersSent || connection?.writableEnded) connection?.destroy();
    else connection?.resetAndDestroy();
  });
}

/** Ends a response that no client waits for, because the client is gone, or because its message is not a request. */
export function endAbandoned(response: NodeResponse): void {
  if ("stream" in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else response.destroy();
}
