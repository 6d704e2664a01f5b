import { createServer as createHttp1 } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import { adminRoutes } from "../../admin/service.js";
import { apis } from "../../apis.js";
import { type Check, flag, object, optional, text, wholeNumber } from "../../engine/check-json.js";
import { methodPath } from "../../engine/http/fetch.js";
import type { MockServer } from "../../mock-server.js";
import { createAdapter } from "./adapter.js";
import { Connections } from "./connections.js";
import { withCors } from "./cors.js";
import { withEndpoints } from "./endpoints.js";
import { withMessages } from "./lenient.js";
import { withPrefixes } from "./node-handler.js";
import { splitByProtocol } from "./split-by-protocol.js";

/** Where to listen. */
export interface ListenOptions {
  /** The port. Default 0: any free port. */
  port?: number;
  /** The address. Default 127.0.0.1: only this machine can connect. */
  host?: string;
  /**
   * Whether `tenantry.mock.v1.AdminService` is served, too. Then everybody who can connect can seed the server, move its time and sign
   * in as anybody. Default false.
   */
  admin?: boolean;
  /**
   * Whether scripts of other origins may call, as through the proxy that a server has in production. Default true. If it is false,
   * there are no CORS headers and a preflight gets 405, as from the bare server.
   */
  cors?: boolean;
}

const checkOptions: Check<ListenOptions> = object({
  port: optional(wholeNumber(0, 65_535)),
  host: optional(text),
  admin: optional(flag),
  cors: optional(flag),
});

/** A mock server that listens. */
export interface Listener extends AsyncDisposable {
  /** Its base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The port: the one of the options, or for 0 the free one that was found. */
  readonly port: number;
  /** Stops listening, and ends all connections. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Opens a port to a mock server: HTTP/1.1 and HTTP/2 (without TLS) on the same one, Connect, gRPC and gRPC-Web, with CORS
 * for browsers. Services are found by the last two parts of the path, so a base URL may have a path of its own.
 *
 * ```ts
 * await using listener = await listen(createMockServer());
 * const client = new VydonClient({ baseUrl: listener.url, auth: token });
 * ```
 *
 * @throws Error for an option that is unknown or wrong, and if the port is taken or the address is not this machine's.
 */
export async function listen(server: MockServer, options: ListenOptions = {}): Promise<Listener> {
  checkOptions(options, "options");
  const { port = 0, host = "127.0.0.1", admin = false, cors = true } = options;
  const connections = new Connections();
  const adapter = createAdapter(connections, (router) => {
    server.routes(router);
    if (admin) adminRoutes(server, router);
  });
  const paths = Object.values(apis).flatMap(({ endpoints = [] }) => endpoints.map(methodPath));
  const all = withEndpoints(
    server.lenient ? withMessages(adapter) : adapter,
    paths,
    server.fetch,
    connections,
  );
  const services = withPrefixes(all);
  const answer = cors ? withCors(services) : services;
  const http1 = createHttp1(answer);
  const http2 = createHttp2(answer);
  // If a client ends a session, its calls end by their own signals.
  http2.on("sessionError", () => {});

  // Otherwise the second write of a response waits 40 ms for the client to acknowledge the first.
  const listener = createServer({ noDelay: true }, (socket) => {
    connections.add(socket);
    splitByProtocol(socket, http1, http2);
  });
  let closed: Promise<void> | undefined;
  await open(listener, port, host);

  const close = () => {
    closed ??= new Promise((resolve) => {
      listener.close(() => resolve());
      connections.close();
    });
    return closed;
  };
  const bound = portOf(listener.address(), port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function open(listener: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once("error", (error) => reject(explain(error, port, host)));
    listener.listen(port, host, resolve);
  });
}

function portOf(address: AddressInfo | string | null, asked: number): number {
  return typeof address === "object" && address !== null ? address.port : asked;
}

function explain(error: Error & { code?: string }, port: number, host: string): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} of ${host} is taken: choose another, or 0 for any that is free`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: 127.0.0.1 is, and 0.0.0.0 stands for all of them`,
    EACCES: `port ${port} may not be opened by this user: choose one above 1023`,
    ENOTFOUND: `${host} is not a host that is known here`,
  };
  return new Error(`cannot listen: ${reasons[error.code ?? ""] ?? error.message}`, { cause: error });
}
