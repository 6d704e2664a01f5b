import { type ConnectRouter, createRouterTransport, type Transport } from "@connectrpc/connect";
import { type Api, checkpoint } from "./engine/api.js";
import { CallLog, type Calls } from "./engine/calls.js";
import { Clock } from "./engine/clock.js";
import type { Connect } from "./engine/connect.js";
import { FaultBook, type Faults } from "./engine/faults.js";
import { createFetch, type Fetch } from "./engine/fetch.js";
import type { Engine } from "./engine/handler.js";
import { Ids } from "./engine/ids.js";
import { type MethodName, MethodNames } from "./engine/methods.js";
import { object, optional } from "./engine/shape.js";
import { createFamApi, type FamOptions, famCarried } from "./fam/api.js";
import type { FamControls } from "./fam/controls.js";
import type { FamSeed } from "./fam/seed.js";
import { createOnaApi, type OnaOptions, onaCarried } from "./ona/api.js";
import type { OnaControls } from "./ona/controls.js";
import type { OnaSeed } from "./ona/seed.js";
import { createVydonApi, type VydonOptions, vydonCarried } from "./vydon/api.js";
import type { VydonControls } from "./vydon/controls.js";
import type { VydonSeed } from "./vydon/seed.js";

/** How a mock server is set up. */
export interface MockServerOptions {
  /** Where its ids and tokens come from: the same seed and the same calls give the same ones. Default 1. */
  seed?: number;
  /** The time at which its clock stands. Default 2026-01-01T00:00:00Z. */
  now?: Date | string;
  /** Vydon's own settings. */
  vydon?: VydonOptions;
  /** Ona's own settings. */
  ona?: OnaOptions;
  /** Fetch Ads Manager's own settings. */
  fam?: FamOptions;
  /** Whether requests are checked by the rules of their schema. Default true. */
  validate?: boolean;
  /**
   * Whether it takes what older vendor SDKs send: a POST without a body where a request has no fields, and Ona's page
   * tokens in the URL's query. Default false: it is as strict as the real servers.
   */
  lenient?: boolean;
}

/** What is there before the first call, by API. */
export interface MockSeed {
  vydon?: VydonSeed;
  ona?: OnaSeed;
  fam?: FamSeed;
}

/** The services that a mock server carries. */
export type MockServices = typeof vydonCarried | typeof onaCarried | (typeof famCarried)[number];

/** The names of the RPCs that a mock server carries: `"GetUser"`, or `"vydon.GetUser"`. */
export type MockMethod = MethodName<MockServices>;

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
  /** A `fetch` that leads to the server, whatever the URL's origin. */
  readonly fetch: Fetch;
  /** A Connect transport that leads to the server, in process. */
  transport(): Transport;
  /** Puts the server's services on a Connect router, for a door of your own. */
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
  /** Back to how things stood after the last {@link MockServer.seed}, or at the start: state, ids, clock; no faults, no calls. */
  reset(): void;
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
 * @throws RangeError for a `now` that is no date.
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  const { seed: idSeed = 1, now, validate = true, lenient = false } = options;
  const names = new MethodNames([vydonCarried, onaCarried, ...famCarried]);
  const clock = new Clock(now);
  const ids = new Ids(idSeed);
  const calls = new CallLog<MockServices>(names);
  const faults = new FaultBook<MockMethod>(names);
  const engine: Engine = { clock, ids, calls, faults, validate };

  const vydon = createVydonApi(engine, connectTo("http://vydon.mock"), options.vydon);
  const ona = createOnaApi(engine, connectTo("http://ona.mock"), { ...options.ona, lenient });
  const fam = createFamApi(engine, connectTo("http://fam.mock"), options.fam);
  const apis: readonly Pick<Api<never>, "tables" | "routes">[] = [vydon, ona, fam];
  const checkSeed = object<MockSeed>({
    vydon: optional(vydon.checkSeed),
    ona: optional(ona.checkSeed),
    fam: optional(fam.checkSeed),
  });

  const routes = (router: ConnectRouter): void => {
    for (const api of apis) api.routes(router);
  };
  // Made when somebody comes through them: many a test needs but one door.
  let transport: Transport | undefined;
  let fetch: Fetch | undefined;

  function connectTo(baseUrl: string): Connect {
    return (token) => ({ baseUrl, transport: server.transport(), auth: token, clock });
  }

  function remember(): () => void {
    const back = checkpoint(apis);
    const { state } = ids;
    return () => {
      back();
      ids.state = state;
    };
  }

  const start = clock.now();
  let origin = remember();

  const server: MockServer = {
    clock,
    calls,
    faults,
    vydon: vydon.controls,
    ona: ona.controls,
    fam: fam.controls,
    lenient,
    fetch: (input, init) => {
      fetch ??= createFetch(routes, { lenient });
      return fetch(input, init);
    },
    transport() {
      transport ??= createRouterTransport(routes);
      return transport;
    },
    routes,
    seed(seed) {
      checkSeed(seed, "seed");
      const back = remember();
      try {
        if (seed.vydon !== undefined) vydon.plant(seed.vydon, "seed.vydon");
        if (seed.ona !== undefined) ona.plant(seed.ona, "seed.ona");
        if (seed.fam !== undefined) fam.plant(seed.fam, "seed.fam");
      } catch (error) {
        back();
        throw error;
      }
      origin = remember();
    },
    reset() {
      origin();
      clock.set(start);
      faults.clear();
      calls.clear();
    },
  };
  return server;
}
