import type { ConnectRouter, Transport } from "@connectrpc/connect";
import {
  apiNames,
  apis,
  type CreatedApis,
  carriedServices,
  controlsOf,
  createApis,
  type MockApiOptions,
  type MockCalls,
  type MockMethod,
  type MockSeed,
} from "./apis.js";
import type { Api } from "./engine/api.js";
import { CallLog } from "./engine/calls/call-log.js";
import { MethodNames } from "./engine/calls/method-names.js";
import { InjectedFaults } from "./engine/faults/faults.js";
import type { Engine } from "./engine/handler.js";
import { createFetch, methodPath } from "./engine/http/fetch.js";
import { healthRoutes } from "./engine/http/health.js";
import { createTransport } from "./engine/http/transport.js";
import { mapValues } from "./engine/records.js";
import { adopt, checkpoint } from "./engine/state/checkpoint.js";
import { Ids } from "./engine/state/ids.js";
import { PastTokens } from "./engine/state/past-tokens.js";
import { checkSnapshot, putRows, snapshotVersion, takeRows } from "./engine/state/snapshot.js";
import { Guard } from "./engine/state/strict.js";
import type { Tables } from "./engine/state/tables.js";
import { Lifetime, setLifetime } from "./engine/time/lifetime.js";
import { VirtualClock } from "./engine/time/virtual-clock.js";
import { setInside } from "./inside.js";
import type { MockServer } from "./mock-server.js";
import { checkOptions, checkSeed, type MockServerOptions } from "./options.js";

/**
 * Creates a mock server. It needs no network and no port, and its time stands still.
 *
 * ```ts
 * const server = createMockServer();
 * const ada = server.vydon.signIn({ email: "ada@example.com" });
 * const client = new VydonClient(ada.connect());
 * ```
 *
 * @throws Error for an option that is unknown or wrong. The text has the option's path, and for a misspelled name a similar name.
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  return createResettable(options, () => {});
}

/** Creates a mock server that calls `afterReset` at the end of each reset. @throws Error as {@link createMockServer} does. */
export function createResettable(
  options: MockServerOptions,
  afterReset: (server: MockServer) => void,
): MockServer {
  checkOptions(options);
  const { randomSeed = 1, now } = options;
  return build(options, afterReset, new VirtualClock(now), new Ids(randomSeed));
}

let allNames: MethodNames | undefined;

/** A server that starts with the rows of other tables, or empty. */
function build(
  options: MockServerOptions,
  afterReset: (server: MockServer) => void,
  clock: VirtualClock,
  ids: Ids,
  from: Readonly<Record<string, Tables>> = {},
): MockServer {
  const {
    randomSeed = 1,
    validate = true,
    lenient = false,
    strict = false,
    apis: carried = apiNames,
  } = options;
  allNames ??= new MethodNames(carriedServices);
  const calls = new CallLog<MockCalls>(allNames);
  const faults = new InjectedFaults<MockMethod>(allNames, randomSeed);
  const guard = strict ? new Guard(() => mapValues(all, ({ watcher }) => watcher), remember) : undefined;
  const lifetime = new Lifetime();
  const past = new PastTokens();
  const engine: Engine = { clock, ids, lifetime, past, calls, faults, validate, lenient, guard };

  const apiOptions: MockApiOptions = options;
  const created = createApis((name) => {
    const connect = (token: string) => ({
      baseUrl: `https://${name}.mock`,
      fetch: server.fetch,
      auth: token,
      clock,
    });
    return apis[name].create(engine, connect, apiOptions[name]);
  });
  const all: Readonly<Record<string, Api>> = created;
  for (const [name, { tables }] of Object.entries(all)) adopt(tables, from[name] ?? {});
  const served = carried.map((name): Api => created[name]);

  // It is made at its first use, because many tests never use it.
  let transport: Transport | undefined;

  function routes(router: ConnectRouter): void {
    for (const api of served) api.routes(router);
    healthRoutes(router);
    setLifetime(router, lifetime);
  }

  function remember(): () => void {
    const back = checkpoint(Object.values(all));
    const { state } = ids;
    return () => {
      back();
      ids.state = state;
    };
  }

  /** Changes the state, completely or not at all. */
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
    ...controlsOf(created),
    clock,
    calls,
    faults,
    lenient,
    fetch: createFetch(routes, {
      lenient,
      endpoints: new Map(
        served.flatMap(({ endpoints = [] }) =>
          Array.from(endpoints, ([path, respond]) => [methodPath(path), respond] as const),
        ),
      ),
    }),
    transport() {
      transport ??= createTransport(routes);
      return transport;
    },
    routes,
    seed(seed) {
      checkSeed(seed);
      atOnce(() => {
        for (const name of apiNames) applySeed(created, seed, name);
      });
      origin = { back: remember(), at: clock.now() };
    },
    reset() {
      past.watch(Object.values(all), () => origin.back());
      clock.dropWaits(lifetime.end("reset"));
      clock.freeze();
      clock.set(origin.at);
      faults.clear();
      calls.clear();
      afterReset(server);
    },
    fork() {
      const own = new VirtualClock(clock.now());
      if (clock.isRunning) own.run();
      return build(
        options,
        afterReset,
        own,
        new Ids(ids.state),
        mapValues(all, ({ tables }) => tables),
      );
    },
    snapshot() {
      const now = new Date(clock.now()).toISOString();
      return { version: snapshotVersion, now, ids: ids.state, apis: takeRows(all) };
    },
    restore(snapshot) {
      checkSnapshot(all, snapshot);
      past.watch(Object.values(all), () => atOnce(() => putRows(all, snapshot)));
      clock.dropWaits(lifetime.end("restore"));
      ids.state = snapshot.ids;
      clock.set(snapshot.now);
    },
  };
  setInside(server, { clock, faults, lifetime, sessions: (name) => all[name]?.sessions });
  return server;
}

function applySeed<Name extends keyof CreatedApis>(created: CreatedApis, seeds: MockSeed, name: Name): void {
  const seed = seeds[name];
  if (seed !== undefined) created[name].applySeed(seed, `seed.${name}`);
}
