import type { ConnectRouter, Transport } from "@connectrpc/connect";
import {
  apiNames,
  apis,
  type CreatedApis,
  controlsOf,
  createApis,
  type MockApiOptions,
  type MockCalls,
  type MockMethod,
  type MockSeed,
  methodNames,
} from "./apis.js";
import type { Api } from "./engine/api.js";
import { CallLog } from "./engine/calls/call-log.js";
import { InjectedFaults } from "./engine/faults/faults.js";
import type { Engine } from "./engine/handler.js";
import { createFetch, methodPath } from "./engine/http/fetch.js";
import { healthRoutes } from "./engine/http/health.js";
import { createTransport } from "./engine/http/transport.js";
import { mapValues } from "./engine/records.js";
import { type Checkpoint, checkpoint, restore } from "./engine/state/checkpoint.js";
import { Ids } from "./engine/state/ids.js";
import { PastTokens } from "./engine/state/past-tokens.js";
import { checkSnapshot, putRows, snapshotVersion, takeRows } from "./engine/state/snapshot.js";
import { Guard } from "./engine/state/strict.js";
import { Lifetime, setLifetime } from "./engine/time/lifetime.js";
import { VirtualClock } from "./engine/time/virtual-clock.js";
import { elapsedMs } from "./engine/time/wait.js";
import { setInternals } from "./internals.js";
import type { MockServer } from "./mock-server.js";
import { checkOptions, checkSeed, type MockServerOptions } from "./options.js";
import { type World, WorldRegistry } from "./worlds.js";

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
  return createWithHooks(options, {});
}

/** What somebody does to a server besides creating it. */
export interface ServerHooks {
  /** Called at the end of each reset, and for each new world: sets the faults and the clock with which it starts. */
  readonly prepare?: (server: MockServer) => void;
  /** Called once for each new world. */
  readonly onWorld?: (world: MockServer) => void;
}

/** Creates a mock server that calls hooks. @throws Error as {@link createMockServer} does. */
export function createWithHooks(options: MockServerOptions, hooks: ServerHooks): MockServer {
  checkOptions(options);
  const { randomSeed = 1, now } = options;
  return build(options, hooks, { clock: new VirtualClock(now), ids: new Ids(randomSeed) }).server;
}

/** What a server starts with. */
interface Start {
  readonly clock: VirtualClock;
  readonly ids: Ids;
  /** What its tables hold. Default: nothing. */
  readonly from?: Checkpoint;
  /** Its name, if it is a world, and the registry that it belongs to. */
  readonly world?: { readonly name: string; readonly worlds: WorldRegistry };
}

function build(options: MockServerOptions, hooks: ServerHooks, start: Start): World {
  const { clock, ids } = start;
  const name = start.world?.name;
  const {
    randomSeed = 1,
    validate = true,
    lenient = false,
    strict = false,
    apis: carried = apiNames,
  } = options;
  const calls = new CallLog<MockCalls>(methodNames());
  const faults = new InjectedFaults<MockMethod>(methodNames(), randomSeed);
  const guard = strict ? new Guard(() => mapValues(all, ({ watcher }) => watcher), remember) : undefined;
  const lifetime = new Lifetime();
  const past = new PastTokens();
  // A generator of its own, so that the option changes no other id.
  const newRequestIds = () => (options.requestIds ? new Ids(randomSeed ^ 0x72657175, name) : undefined);
  const engine: Engine & { requestIds: Ids | undefined } = {
    requestIds: newRequestIds(),
    world: name,
    clock,
    ids,
    lifetime,
    past,
    calls,
    faults,
    validate,
    lenient,
    guard,
  };

  const apiOptions: MockApiOptions = options;
  const created = createApis((api) => {
    const connect = (token: string) => ({
      baseUrl: `https://${api}.mock`,
      fetch: server.fetch,
      auth: token,
      clock,
    });
    return apis[api].create(engine, connect, apiOptions[api]);
  });
  const all: Readonly<Record<string, Api>> = created;
  if (start.from !== undefined) restore(all, start.from);
  const served = carried.map((api): Api => created[api]);

  // It is made at its first use, because many tests never use it.
  let transport: Transport | undefined;

  function routes(router: ConnectRouter): void {
    for (const api of served) api.routes(router);
    healthRoutes(router);
    setLifetime(router, lifetime);
  }

  function remember(): () => void {
    const { back } = takeOrigin();
    return back;
  }

  /** What a reset goes back to, and what a world starts with. */
  function takeOrigin(tables = checkpoint(all)) {
    const { state } = ids;
    const back = () => {
      restore(all, tables);
      ids.state = state;
    };
    return { tables, state, back, at: clock.now(), since: elapsedMs() };
  }

  function createWorld(name: string): World {
    const { tables, state, at, since } = origin;
    const runs = clock.isRunning;
    const own = new VirtualClock(runs ? at + Math.floor(elapsedMs() - since) : at);
    if (runs) own.run();
    const start = { clock: own, ids: new Ids(state, name), from: tables, world: { name, worlds } };
    const world = build(options, hooks, start);
    hooks.prepare?.(world.server);
    hooks.onWorld?.(world.server);
    return world;
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

  let origin = takeOrigin(start.from);
  const worlds = start.world?.worlds ?? new WorldRegistry(() => self, createWorld);

  const server: MockServer = {
    ...controlsOf(created),
    world: name,
    worlds,
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
        for (const api of apiNames) applySeed(created, seed, api);
      });
      origin = takeOrigin();
      worlds.forgetTokens();
    },
    reset() {
      past.watch(Object.values(all), () => origin.back());
      clock.dropWaits(lifetime.end("reset"));
      clock.freeze();
      clock.set(origin.at);
      faults.clear();
      calls.clear();
      engine.requestIds = newRequestIds();
      hooks.prepare?.(server);
    },
    fork() {
      const own = new VirtualClock(clock.now());
      if (clock.isRunning) own.run();
      return build(options, hooks, { clock: own, ids: ids.fork(), from: checkpoint(all) }).server;
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
      worlds.forgetTokens();
    },
  };
  setInternals(server, { clock, faults, lifetime, sessions: (name) => all[name]?.sessions });
  const self: World = {
    server,
    apis: Object.values(all),
    past,
    end(why) {
      clock.dropWaits(lifetime.endForGood(why));
      clock.freeze();
    },
  };
  return self;
}

function applySeed<Name extends keyof CreatedApis>(created: CreatedApis, seeds: MockSeed, name: Name): void {
  const seed = seeds[name];
  if (seed !== undefined) created[name].applySeed(seed, `seed.${name}`);
}
