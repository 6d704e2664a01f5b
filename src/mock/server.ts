import type { ConnectRouter, Transport } from "@connectrpc/connect";
import { checkOptions } from "./check-options.js";
import { type Api, adopt, checkpoint } from "./engine/api.js";
import { CallLog } from "./engine/call-log.js";
import type { Calls } from "./engine/calls.js";
import { Clock } from "./engine/clock.js";
import type { Connect } from "./engine/connect.js";
import { FaultBook, type Faults } from "./engine/faults.js";
import { createFetch, type Fetch } from "./engine/fetch.js";
import type { Engine } from "./engine/handler.js";
import { healthRoutes } from "./engine/http/health.js";
import { Ids } from "./engine/ids.js";
import { Lifetime, setLifetime } from "./engine/lifetime.js";
import { MethodNames } from "./engine/methods.js";
import { PastTokens } from "./engine/past-tokens.js";
import { object, optional } from "./engine/shape.js";
import { checkSnapshot, type MockSnapshot, putRows, snapshotVersion, takeRows } from "./engine/snapshot.js";
import { Guard } from "./engine/strict.js";
import type { Tables } from "./engine/tables.js";
import { createTransport } from "./engine/transport.js";
import { createFamApi, famCarried } from "./fam/api.js";
import type { FamControls } from "./fam/controls.js";
import { createOnaApi, onaCarried } from "./ona/api.js";
import type { OnaControls } from "./ona/controls.js";
import type { MockMethod, MockSeed, MockServerOptions, MockServices } from "./options.js";
import { createVydonApi, vydonCarried } from "./vydon/api.js";
import type { VydonControls } from "./vydon/controls.js";

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

/**
 * Makes a mock server: no network, no port, and time that stands still.
 *
 * ```ts
 * const server = createMockServer();
 * const ada = server.vydon.signIn({ email: "ada@example.com" });
 * const client = new VydonClient(ada.connect());
 * ```
 *
 * @throws Error for an option that is unknown or wrong. The text has the option's path, and for a misspelled name the name that is
 * near.
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  checkOptions(options);
  const { seed = 1, now } = options;
  return build(options, new Clock(now), new Ids(seed));
}

let allNames: MethodNames | undefined;

/** A server that begins with what others' tables hold, or empty. */
function build(
  options: MockServerOptions,
  clock: Clock,
  ids: Ids,
  from: Readonly<Record<string, Tables>> = {},
): MockServer {
  const { seed: idSeed = 1, validate = true, lenient = false, strict = false, apis: carried } = options;
  allNames ??= new MethodNames([vydonCarried, onaCarried, ...famCarried]);
  const calls = new CallLog<MockServices>(allNames);
  const faults = new FaultBook<MockMethod>(allNames, idSeed);
  const guard = strict ? new Guard(watchers, remember) : undefined;
  const lifetime = new Lifetime();
  const past = new PastTokens();
  const engine: Engine = { clock, ids, lifetime, past, calls, faults, validate, guard };

  const vydon = createVydonApi(engine, connectTo("https://vydon.mock"), options.vydon);
  const ona = createOnaApi(engine, connectTo("https://ona.mock"), { ...options.ona, lenient });
  const fam = createFamApi(engine, connectTo("https://fam.mock"), options.fam);
  const apis: Readonly<Record<string, Omit<Api<never>, "plant" | "checkSeed">>> = { vydon, ona, fam };
  for (const [name, { tables }] of Object.entries(apis)) adopt(tables, from[name] ?? {});

  // Many tests never call it, so it is made at its first use.
  let transport: Transport | undefined;

  function routes(router: ConnectRouter): void {
    for (const [name, api] of Object.entries(apis)) {
      if (carries(name)) api.routes(router);
    }
    healthRoutes(router);
    setLifetime(router, lifetime);
  }

  function carries(api: string): boolean {
    return carried === undefined || carried.some((each) => each === api);
  }

  function connectTo(baseUrl: string): Connect {
    return (token) => ({ baseUrl, fetch: server.fetch, auth: token, clock });
  }

  function watchers() {
    return { vydon: vydon.watcher, ona: ona.watcher, fam: fam.watcher };
  }

  function remember(): () => void {
    const back = checkpoint(Object.values(apis));
    const { state } = ids;
    return () => {
      back();
      ids.state = state;
    };
  }

  /** Does something to the state, all of it or nothing. */
  function atOnce(change: () => void): void {
    const back = remember();
    const breaches = guard?.begin() ?? (() => "");
    try {
      change();
      const broken = breaches();
      if (broken !== "") throw new Error(`strict: ${broken}`);
    } catch (error) {
      back();
      throw error;
    }
  }

  let origin = { back: remember(), at: clock.now() };

  const server: MockServer = {
    clock,
    calls,
    faults,
    vydon: vydon.controls,
    ona: ona.controls,
    fam: fam.controls,
    lenient,
    fetch: createFetch(routes, { lenient, endpoints: carries("vydon") ? vydon.endpoints : new Map() }),
    transport() {
      transport ??= createTransport(routes);
      return transport;
    },
    routes,
    seed(seed) {
      object<MockSeed>({
        vydon: optional(vydon.checkSeed),
        ona: optional(ona.checkSeed),
        fam: optional(fam.checkSeed),
      })(seed, "seed");
      atOnce(() => {
        if (seed.vydon !== undefined) vydon.plant(seed.vydon, "seed.vydon");
        if (seed.ona !== undefined) ona.plant(seed.ona, "seed.ona");
        if (seed.fam !== undefined) fam.plant(seed.fam, "seed.fam");
      });
      origin = { back: remember(), at: clock.now() };
    },
    reset() {
      past.watch(Object.values(apis), () => origin.back());
      clock.dropWaits(lifetime.end("reset"));
      clock.freeze();
      clock.set(origin.at);
      faults.clear();
      calls.clear();
    },
    fork() {
      const own = new Clock(clock.now());
      if (clock.isRunning) own.run();
      const tables = Object.entries(apis).map(([name, api]) => [name, api.tables] as const);
      return build(options, own, new Ids(ids.state), Object.fromEntries(tables));
    },
    snapshot() {
      const now = new Date(clock.now()).toISOString();
      return { version: snapshotVersion, now, ids: ids.state, apis: takeRows(apis) };
    },
    restore(snapshot) {
      checkSnapshot(apis, snapshot);
      past.watch(Object.values(apis), () => atOnce(() => putRows(apis, snapshot)));
      clock.dropWaits(lifetime.end("restore"));
      ids.state = snapshot.ids;
      clock.set(snapshot.now);
    },
  };
  return server;
}
