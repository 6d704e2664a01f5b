import type { ConnectRouter, Transport } from "@connectrpc/connect";
import type { ApiPart, MockCalls, MockMethod, MockSeed } from "./apis.js";
import type { Calls } from "./engine/calls/calls.js";
import type { Faults } from "./engine/faults/faults.js";
import type { Fetch } from "./engine/http/fetch.js";
import type { MockSnapshot } from "./engine/state/snapshot.js";
import type { Clock } from "./engine/time/clock.js";
import type { Worlds } from "./worlds.js";

/**
 * A server that behaves like the real ones, in memory. Two servers share nothing. `server.vydon`, `server.ona` and `server.fam` are the
 * controls of one API: sign-in, and what happens outside the API.
 */
export interface MockServer extends Readonly<ApiPart<"controls">> {
  /** Its time. It stands still until you move it. */
  readonly clock: Clock;
  /** The calls that it received, with their responses. */
  readonly calls: Calls<MockCalls>;
  /** Makes calls fail on purpose. */
  readonly faults: Faults<MockMethod>;
  /** Whether it accepts what older vendor SDKs send. */
  readonly lenient: boolean;
  /** The name of the world that this is. Undefined if it is not a world of another server. */
  readonly world: string | undefined;
  /** The worlds of the server. A world has no worlds of its own: its `worlds` are those of its server. */
  readonly worlds: Worlds;
  /**
   * A `fetch` that calls the server in process, whatever the URL's origin. It can produce every wire fault. `connect()` of a
   * session gives it to a client.
   */
  readonly fetch: Fetch;
  /**
   * A Connect transport that calls the server in process, for raw Connect clients. It cannot break a connection: a wire fault
   * that needs one fails the call with `internal`, and the text explains why.
   */
  transport(): Transport;
  /**
   * Puts the server's services on a Connect router of your own. The router cannot produce wire faults: such a fault fails the
   * call with `internal`.
   */
  routes(router: ConnectRouter): void;
  /**
   * Adds people, accounts and more to the server.
   *
   * ```ts
   * server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
   * ```
   *
   * @throws Error with the path to a mistake. Then nothing has changed.
   */
  seed(seed: MockSeed): void;
  /**
   * Restores the state, the ids and the time of the last {@link MockServer.seed}, or of the start. Removes all faults and logged calls.
   * A fork starts as it was forked.
   *
   * Nothing from before a reset changes what comes after it. Calls under way end with `canceled` and write nothing. Waits on the clock
   * are dropped: a sleep throws, a timer never fires. A running clock stops. The error for a token that is unknown afterwards says that
   * the token is from before the reset.
   */
  reset(): void;
  /**
   * Returns another server with the same state, ids, time and settings, but without the faults, the calls and the worlds. The two are independent.
   * A fork of a large state costs no more than one of a small state: rows are shared until one side writes to their table.
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
  /** All that the server remembers, as JSON: state, ids and time; not the faults, calls and settings. */
  snapshot(): MockSnapshot;
  /**
   * Replaces all that the server remembers by a snapshot. Faults and logged calls stay, and {@link MockServer.reset}
   * still goes back to the seed. Calls under way end, and waits on the clock are dropped, as by a reset.
   *
   * @throws Error with the path to a mistake. Then nothing has changed.
   */
  restore(snapshot: MockSnapshot): void;
}
