import type { ConnectRouter, Transport } from "@connectrpc/connect";
import type { Calls } from "./engine/calls/calls.js";
import type { Faults } from "./engine/faults/faults.js";
import type { Fetch } from "./engine/http/fetch.js";
import type { MockSnapshot } from "./engine/state/snapshot.js";
import type { Clock } from "./engine/time/clock.js";
import type { FamControls } from "./fam/controls/controls.js";
import type { OnaControls } from "./ona/controls/controls.js";
import type { MockMethod, MockSeed, MockServices } from "./options.js";
import type { VydonControls } from "./vydon/controls/controls.js";

/** A server that behaves like the real ones, in memory. Two of them share nothing. */
export interface MockServer {
  /** Its time, which stands still until it is moved. */
  readonly clock: Clock;
  /** What it was called with, and what it answered. */
  readonly calls: Calls<MockServices>;
  /** Makes calls fail on purpose. */
  readonly faults: Faults<MockMethod>;
  /** Vydon: sign-in, and what happens outside the API. */
  readonly vydon: VydonControls;
  /** Ona: sign-in, organizations, and what happens outside the API. */
  readonly ona: OnaControls;
  /** Fetch Ads Manager: sign-in, tokens, and what happens outside the API. */
  readonly fam: FamControls;
  /** Whether it takes what older vendor SDKs send. */
  readonly lenient: boolean;
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
   * Adds to what is there.
   *
   * ```ts
   * server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
   * ```
   *
   * @throws Error with the path to a mistake. Nothing has changed then.
   */
  seed(seed: MockSeed): void;
  /**
   * Goes back to how things stood after the last {@link MockServer.seed}, or at the start: state, ids and time; without faults
   * and logged calls. A fork's start is how it was forked.
   *
   * What began before it does not reach into what follows. Calls under way end with `canceled` and write nothing. Waits on the
   * clock are dropped: a sleep throws, a timer never fires. A running clock stops. A token that is unknown afterwards is refused as
   * ever, and the text says that it is from before the reset.
   */
  reset(): void;
  /**
   * Another server that begins as this one stands: with its state, ids, time and settings, but without its faults and its
   * calls. From there each goes its own way. It costs the same however much there is: rows are
   * shared until one side writes to their table.
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
  /** All that the server remembers, as JSON: state, ids and time; no faults, no calls, no settings. */
  snapshot(): MockSnapshot;
  /**
   * Puts a snapshot in the place of all that the server remembers. Faults and logged calls stay, and {@link MockServer.reset}
   * still goes back to the seed. Calls under way end, and waits on the clock are dropped, as by a reset.
   *
   * @throws Error with the path to a mistake. Nothing has changed then.
   */
  restore(snapshot: MockSnapshot): void;
}
