import type { ConnectRouter, Transport } from "@connectrpc/connect";
import { checkOptions } from "./check-options.js";
import { type Api, adopt, checkpoint } from "./engine/api.js";
import { CallLog } from "./engine/calls/call-log.js";
import { MethodNames } from "./engine/calls/method-names.js";
import { object, optional } from "./engine/check-json.js";
import type { Connect } from "./engine/connect-options.js";
import { FaultBook } from "./engine/faults/faults.js";
import type { Engine } from "./engine/handler.js";
import { createFetch } from "./engine/http/fetch.js";
import { healthRoutes } from "./engine/http/health.js";
import { createTransport } from "./engine/http/transport.js";
import { Ids } from "./engine/state/ids.js";
import { PastTokens } from "./engine/state/past-tokens.js";
import { checkSnapshot, putRows, snapshotVersion, takeRows } from "./engine/state/snapshot.js";
import { Guard } from "./engine/state/strict.js";
import type { Tables } from "./engine/state/tables.js";
import { Clock } from "./engine/time/clock.js";
import { Lifetime, setLifetime } from "./engine/time/lifetime.js";
import { createFamApi, famCarried } from "./fam/api.js";
import type { MockServer } from "./mock-server.js";
import { createOnaApi, onaCarried } from "./ona/api.js";
import type { MockMethod, MockSeed, MockServerOptions, MockServices } from "./options.js";
import { createVydonApi, vydonCarried } from "./vydon/api.js";

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
  const { randomSeed = 1, now } = options;
  return build(options, new Clock(now), new Ids(randomSeed));
}

let allNames: MethodNames | undefined;

/** A server that begins with what others' tables hold, or empty. */
function build(
  options: MockServerOptions,
  clock: Clock,
  ids: Ids,
  from: Readonly<Record<string, Tables>> = {},
): MockServer {
  const { randomSeed = 1, validate = true, lenient = false, strict = false, apis: carried } = options;
  allNames ??= new MethodNames([vydonCarried, onaCarried, ...famCarried]);
  const calls = new CallLog<MockServices>(allNames);
  const faults = new FaultBook<MockMethod>(allNames, randomSeed);
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
