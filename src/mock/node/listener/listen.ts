import {
  anyObject,
  type Check,
  flag,
  list,
  object,
  optional,
  text,
  wholeNumber,
} from "../../engine/check-json.js";
import type { Clock } from "../../engine/time/clock.js";
import type { MockServer } from "../../mock-server.js";
import { Connections } from "./connections.js";
import type { SampleTokens } from "./index-page.js";
import { type Listener, openPort } from "./open-port.js";
import { createPipeline } from "./pipeline.js";
import { type IdleClock, realTime } from "./worlds/idle-worlds.js";
import { ListenedWorlds } from "./worlds/listened-worlds.js";

/** Where to listen. */
export interface ListenOptions {
  /** The port. Default 0: any free port. */
  port?: number;
  /** The address. Default 127.0.0.1: only this machine can connect. */
  host?: string;
  /**
   * Whether `tenantry.mock.v1.AdminService` and `/worlds` are served, too. Then everybody who can connect can seed the server, move its
   * time, sign in as anybody, and make and end worlds; web pages of other origins cannot. Default false.
   */
  admin?: boolean;
  /**
   * The names by which the server is called, besides `host` and those of this machine itself, such as `["mock"]` in a network of
   * containers. A request with another `Host` header may call the APIs, but not the admin service and `/worlds`. Default: none.
   */
  allowedHosts?: readonly string[];
  /** The clock by which a world that was made here ends, once it has been idle for an hour. Default: real time. */
  clock?: Pick<Clock, "now" | "setTimeout">;
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
  allowedHosts: optional(list(text)),
  clock: optional(anyObject<IdleClock>),
});

/**
 * Opens a port to a mock server: HTTP/1.1 and HTTP/2 (without TLS) on the same one, Connect, gRPC and gRPC-Web, with CORS
 * for browsers. Services are found by the last two parts of the path, so a base URL may have a path of its own.
 *
 * It also serves the worlds of the server, {@link MockServer.worlds}: below `/w/NAME`, and for calls with a token that was made in one.
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
  return serve(server, options);
}

/** Listens as {@link listen} does. `tokens` are shown at `GET /` to those who may control the server. */
export async function serve(
  server: MockServer,
  options: ListenOptions,
  tokens: SampleTokens = {},
): Promise<Listener> {
  const { port = 0, host = "127.0.0.1", admin = false, clock = realTime } = options;
  const connections = new Connections();
  const worlds = new ListenedWorlds(server, clock, admin);
  const handler = createPipeline(server, { ...options, host, connections, worlds, tokens });
  return openPort({ port, host, handler, connections, onClose: () => worlds.close() });
}
