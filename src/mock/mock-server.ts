import type { ConnectRouter, Transport } from "@connectrpc/connect";
import type { ApiPart, MockCalls, MockMethod, MockSeed } from "./apis.js";
import type { Calls } from "./engine/calls/calls.js";
import type { Faults } from "./engine/faults/faults.js";
import type { Fetch } from "./engine/http/fetch.js";
import type { MockSnapshot } from "./engine/state/snapshot.js";
import type { Clock } from "./engine/time/clock.js";

/**
 * A server in memory that behaves like the real ones. Two servers share nothing. `server.vydon`, `server.ona` and `server.fam` are the
 * controls of the three APIs: sign-in, and what happens outside the API, such as a payment.
 */
export interface MockServer extends Readonly<ApiPart<"controls">> {
  /** Its time. It stands still until you move it, except that it skips waits: see {@link Clock.sleep}. */
  readonly clock: Clock;
  /** The calls that it received, with their responses. */
  readonly calls: Calls<MockCalls, MockMethod>;
  /** Makes calls fail on purpose. */
  readonly faults: Faults<MockMethod>;
  /** Whether it accepts the requests of older vendor SDKs. */
  readonly lenient: boolean;
  /** The name of this world. Undefined if the server is not a world of another server. */
  readonly world: string | undefined;
  /** The worlds of the server. For a world, these are the worlds of its server, because a world has no worlds of its own. */
  readonly worlds: Worlds;
  /**
   * A `fetch` that calls the server in process, with any origin in the URL. It can produce every wire fault. The options of a
   * session's `connect()` contain it.
   */
  readonly fetch: Fetch;
  /**
   * Returns a Connect transport that calls the server in process, for raw Connect clients. It cannot break a connection: a wire
   * fault that needs one fails the call with `internal`, and the text explains why.
   */
  transport(): Transport;
  /**
   * Puts the server's services on a Connect router of your own. The router cannot produce wire faults: such a fault fails the
   * call with `internal`.
   */
  routes(router: ConnectRouter): void;
  /**
   * Adds people, accounts and other data to the data that the server has. The state after it, with everything made before, is what
   * {@link MockServer.reset} restores. So call it once, outside the tests. If each test needs other data, use a fork or a new server.
   *
   * ```ts
   * server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
   * ```
   *
   * @throws Error with the path to a mistake. In that case nothing has changed.
   */
  seed(seed: MockSeed): void;
  /**
   * Restores the state, the ids and the time after the last {@link MockServer.seed}, or at the start. Earlier seeds stay. A
   * fork restores the state that it had when it was forked. Removes all faults and logged calls.
   *
   * Calls and timers from before a reset do not change the state after it. Calls under way end with `canceled` and write nothing. Waits on the clock
   * are dropped: a sleep throws, a timer never fires. So a call that waits before a retry fails with `unknown`. A running clock stops. A token from before the reset fails, and its error explains why.
   */
  reset(): void;
  /**
   * Returns another server with the same state, ids, time and settings, but without the faults, the calls and the worlds. The two are
   * independent. A fork of a large state costs no more than a fork of a small state, because rows are shared until one of the servers
   * writes to their table.
   *
   * ```ts
   * const template = createMockServer();
   * template.seed(seed);
   * test("…", () => {
   *   const server = template.fork();
   * });
   * ```
   */
  fork(): MockServer;
  /** Returns the state, the ids and the time as JSON, without the faults, the calls and the settings. */
  snapshot(): MockSnapshot;
  /**
   * Restores the state, the ids and the time of a snapshot. Faults and logged calls stay, and {@link MockServer.reset} still
   * restores the seed. Calls under way end, and waits on the clock are dropped, as by a reset.
   *
   * @throws Error with the path to a mistake. In that case nothing has changed.
   */
  restore(snapshot: MockSnapshot): void;
}

/**
 * The worlds of a server: isolated copies of its seed. With them, tests can run in parallel against one process.
 *
 * ```ts
 * const world = server.worlds.create("checkout-7");
 * world.vydon.signIn({ email: "ada@example.com" });
 * server.worlds.end("checkout-7");
 * ```
 *
 * A listener serves all of them on its port: by the path `/w/checkout-7/…`, or by a token that was created in the
 * world.
 */
export interface Worlds {
  /**
   * Creates a world. It starts with the state after the last {@link MockServer.seed}, without any later changes. It has its own
   * clock, faults, calls and ids. Its name is a part of the random seed of its ids and tokens, so two worlds never create the
   * same token.
   *
   * @param name - 1 to 64 letters, digits, `-`, `_` and `.`, but not `.` and `..`. Default: `world-1`, `world-2` and so on.
   * @throws Error if the name is not valid, or if there is already a world with this name.
   */
  create(name?: string): MockServer;
  /** Returns the world with this name. Undefined if there is none, or if it has ended. */
  get(name: string): MockServer | undefined;
  /** Returns all worlds, oldest first. {@link MockServer.world} is the name of each. */
  list(): MockServer[];
  /**
   * Ends a world. Its calls under way end with `canceled` and write nothing, and waits on its clock are dropped, as by a reset. Later
   * calls fail. The name can be used again.
   *
   * @returns whether there was such a world.
   */
  end(name: string): boolean;
  /**
   * Returns the world in which a token was created. Returns the server itself for its own tokens, for tokens that are older than
   * the worlds, and for unknown tokens.
   *
   * @throws Error if several worlds have the token, because a seed or a snapshot gave it to each of them.
   */
  byToken(token: string): MockServer;
}
