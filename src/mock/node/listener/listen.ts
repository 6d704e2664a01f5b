import {
  anyObject,
  type Check,
  flag,
  list,
  object,
  optional,
  text,
  wholeNumber,
  wrong,
} from "../../engine/check-json.js";
import type { Clock } from "../../engine/time/clock.js";
import type { MockServer } from "../../mock-server.js";
import { Connections } from "./connections.js";
import type { SampleTokens } from "./index-page.js";
import { type Listener, openPort } from "./open-port.js";
import { createPipeline } from "./pipeline.js";
import { type IdleClock, realTime } from "./worlds/idle-worlds.js";
import { ListenedWorlds } from "./worlds/listened-worlds.js";

/** How to listen. */
export interface ListenOptions {
  /** The port. Default 0: any free port. */
  port?: number | undefined;
  /** The address. Default 127.0.0.1: only this machine can connect. */
  host?: string | undefined;
  /**
   * Whether `tenantry.mock.v1.AdminService` and `/worlds` are also served. Anyone who can connect can then seed the server, move its
   * time, sign in as any user, and create and end worlds. Web pages of other origins cannot use them. Such a page can call the APIs,
   * also without this option, and sign in as any person of Vydon on the sign-in page. So put no real data into a mock. Default false.
   */
  admin?: boolean | undefined;
  /**
   * Other names of the server, in addition to `host` and the names of this machine, such as `["mock"]` in a network of containers. A
   * request with an unknown `Host` header may call the APIs, but not the admin service and `/worlds`. Default: none.
   */
  allowedHosts?: readonly string[] | undefined;
  /** The clock that measures how long a world is idle. A world that `/worlds` created ends after an idle hour. Default: real time. */
  clock?: Pick<Clock, "now" | "setTimeout"> | undefined;
  /**
   * Whether scripts of other origins may call, as with a proxy in front of a server in production. Default true. If it is false,
   * there are no CORS headers and a preflight request gets 405, as with the real server without a proxy.
   */
  cors?: boolean | undefined;
}

const checkOptions: Check<ListenOptions> = object({
  port: optional(wholeNumber(0, 65_535)),
  host: optional(text),
  admin: optional(flag),
  cors: optional(flag),
  allowedHosts: optional(list(text)),
  clock: optional(anyObject<IdleClock>),
});

/**
 * Opens a port for a mock server: HTTP/1.1 and HTTP/2 (without TLS) on the same port, Connect, gRPC and gRPC-Web, with CORS
 * for browsers. Services are found by the last two parts of the path, so a base URL may have a path.
 *
 * It also serves the worlds of the server ({@link MockServer.worlds}). Calls below `/w/NAME`, and calls with a token of a
 * world, reach the world.
 *
 * ```ts
 * await using listener = await listen(createMockServer());
 * const client = new VydonClient({ baseUrl: listener.url, auth: token });
 * ```
 *
 * @returns the listener. Close it at the end.
 * @throws Error if an option is unknown or wrong, if the port is taken, or if the address does not belong to this
 * machine.
 */
export async function listen(server: MockServer, options: ListenOptions = {}): Promise<Listener> {
  // Without this check, the port would open, and every call would fail.
  if (typeof server?.routes !== "function") {
    throw wrong(server, "server", "the server that createMockServer() returns");
  }
  checkOptions(options, "options");
  return serve(server, options);
}

/** Listens as {@link listen} does. `GET /` shows `tokens` to everyone who may control the server. */
export async function serve(
  server: MockServer,
  options: ListenOptions,
  tokens: SampleTokens = {},
): Promise<Listener> {
  const { port = 0, host = "127.0.0.1", admin = false, cors = true, clock = realTime } = options;
  const { allowedHosts = [] } = options;
  const connections = new Connections();
  const worlds = new ListenedWorlds(server, clock, admin);
  const handler = createPipeline(server, { host, admin, cors, allowedHosts, connections, worlds, tokens });
  return openPort({ port, host, handler, connections, onClose: () => worlds.close() });
}
