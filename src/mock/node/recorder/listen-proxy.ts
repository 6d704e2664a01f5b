import { createServer as createHttp1 } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import { createServer } from "node:net";
import { isLoopback } from "../command/is-loopback.js";
import { Connections } from "../listener/connections.js";
import { withCors } from "../listener/cors.js";
import { createGuard, type Guard } from "../listener/guard.js";
import { type Listener, open } from "../listener/listen.js";
import type { NodeHandler } from "../listener/node-handler.js";
import { sendText } from "../listener/send.js";
import { splitByProtocol } from "../listener/split-by-protocol.js";

/** Where the proxy listens. */
interface ProxyAddress {
  readonly port: number;
  readonly host: string;
  /** The names by which this machine is called, besides its own. */
  readonly allowedHosts: readonly string[];
}

/** Opens a port for a proxy: HTTP/1.1 and HTTP/2 without TLS. @throws Error if the port can't be opened. */
export async function listenProxy(
  handler: NodeHandler,
  { port, host, allowedHosts }: ProxyAddress,
): Promise<Listener> {
  const answer = onlyLocal(handler, createGuard(host, allowedHosts));
  const http1 = createHttp1(answer);
  const http2 = createHttp2(answer);
  // If a client ends a session, its calls end by their own signals.
  http2.on("sessionError", () => {});
  const connections = new Connections();
  const listener = createServer({ noDelay: true }, (socket) => {
    connections.add(socket);
    splitByProtocol(socket, http1, http2);
  });
  await open(listener, port, host);
  const address = listener.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= new Promise((resolve) => {
      listener.close(() => resolve());
      connections.close();
    });
    return closed;
  };
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
  return { url, port: bound, close, [Symbol.asyncDispose]: close };
}

/**
 * Allows calls from the scripts of pages that this machine serves. Behind the proxy is a real server, so pages of other origins may not
 * call, also if their name was made to lead to this machine.
 */
function onlyLocal(next: NodeHandler, guard: Guard): NodeHandler {
  const allowing = withCors(next);
  return (request, response) => {
    const { origin } = request.headers;
    if (origin !== undefined && URL.canParse(origin) && isLoopback(new URL(origin).hostname)) {
      allowing(request, response);
    } else if (guard(request) === undefined) {
      next(request, response);
    } else {
      request.resume();
      sendText(
        response,
        403,
        "403 the proxy takes calls of programs, and of pages from this machine. If this is the name of this machine, start it with --allowed-hosts NAME.\n",
      );
    }
  };
}
