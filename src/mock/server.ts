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
import type { Engine } from "./engine/engine.js";
import { InjectedFaults } from "./engine/faults/faults.js";
import { Ids } from "./engine/state/ids.js";
import { PastTokens } from "./engine/state/past-tokens.js";
import { type Checkpoint, checkpoint, restore, StateKeeper } from "./engine/state/saved-state.js";
import { checkSnapshot, putRows, snapshotVersion, takeRows } from "./engine/state/snapshot.js";
import { Lifetime } from "./engine/time/lifetime.js";
import { VirtualClock } from "./engine/time/virtual-clock.js";
import { type Hooks, setInternals } from "./internals.js";
import type { MockServer } from "./mock-server.js";
import { checkOptions, checkSeed, type MockServerOptions, type MockSettings, toSettings } from "./options.js";
import { createTransports } from "./transports.js";
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
 * @throws Error if an option is unknown or wrong. The text contains the option's path. For a misspelled name, it suggests a similar
 * one.
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  checkOptions(options, "options");
  const settings = toSettings(options);
  const { now, randomSeed } = settings;
  return build(settings, {}, { clock: new VirtualClock(now), ids: new Ids(randomSeed) }).server;
}

/** The parts that a server starts with. */
interface Start {
  readonly clock: VirtualClock;
  readonly ids: Ids;
  /** The rows of its tables. Default: none. */
  readonly from?: Checkpoint;
  /** The name of a world, and the registry that it belongs to. Left out if the server is not a world. */
  readonly world?: { readonly name: string; readonly worlds: WorldRegistry };
}

function build(settings: MockSettings, hooks: Hooks, start: Start): World {
  const { clock, ids } = start;
  const { lenient, strict, apis: served } = settings;
  const engine = createEngine(settings, start, {
    runStrictly: (call, act) => keeper.runStrictly(call, act),
    apiOf: (token) => apiNames.find((name) => created[name].sessions.has(token)),
  });
  const { calls, faults, lifetime, past } = engine;

  const apiOptions: MockApiOptions = settings;
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
  const keeper = new StateKeeper(all, ids, clock);
  let origin = keeper.save(start.from);

  function createWorld(name: string): World {
    const { tables, ids: idState, at, ranMs } = origin;
    const now = clock.isRunning ? at + clock.ranMs - ranMs : at;
    const world = build(settings, hooks, {
      clock: startClock(now, clock.isRunning),
      ids: new Ids(idState, name),
      from: tables,
      world: { name, worlds },
    });
    hooks.prepare?.(world.server);
    hooks.onWorld?.(world.server);
    return world;
  }

  const worlds = start.world?.worlds ?? new WorldRegistry(() => self, createWorld);
  const servedApis = served.map((api): Api => created[api]);

  const server: MockServer = {
    ...controlsOf(created),
    ...createTransports(servedApis, lifetime, lenient),
    world: engine.world,
    worlds,
    clock,
    calls,
    faults,
    lenient,
    seed(seed) {
      checkSeed(seed, "seed");
      keeper.change(strict, () => {
        for (const api of apiNames) applySeed(created, seed, api);
      });
      origin = keeper.save();
      worlds.forgetTokens();
    },
    reset() {
      past.watch(Object.values(all), () => keeper.restore(origin));
      clock.freeze();
      clock.dropWaits(lifetime.end("reset"), origin.at);
      origin = { ...origin, ranMs: clock.ranMs };
      worlds.forgetTokens();
      faults.clear();
      calls.clear();
      engine.requestIds = newRequestIds(settings, engine.world);
      hooks.prepare?.(server);
    },
    fork() {
      const own = startClock(clock.now(), clock.isRunning);
      return build(settings, hooks, { clock: own, ids: ids.fork(), from: checkpoint(all) }).server;
    },
    snapshot() {
      const now = new Date(clock.now()).toISOString();
      return { version: snapshotVersion, now, ids: ids.state, apis: takeRows(all) };
    },
    restore(snapshot) {
      checkSnapshot(all, snapshot);
      past.watch(Object.values(all), () => keeper.change(strict, () => putRows(all, snapshot)));
      ids.state = snapshot.ids;
      clock.dropWaits(lifetime.end("restore"), snapshot.now);
      worlds.forgetTokens();
    },
  };
  setInternals(server, { hooks, clock, faults, lifetime, sessions: (name) => all[name]?.sessions });
  const self: World = {
    server,
    apis: Object.values(all),
    past,
    end(why) {
      clock.freeze();
      clock.dropWaits(lifetime.endForGood(why), clock.now());
    },
  };
  return self;
}

/** What the engine needs of the state of all APIs, which are created after it. */
interface StateOfApis {
  readonly runStrictly: NonNullable<Engine["runStrictly"]>;
  /** Returns the name of the API whose access token this is. */
  apiOf(token: string): string | undefined;
}

/** Returns the engine of one server. A reset replaces its generator of request ids. */
function createEngine(
  settings: MockSettings,
  { clock, ids, world }: Start,
  { runStrictly, apiOf }: StateOfApis,
) {
  const { randomSeed, validate, lenient, strict } = settings;
  const names = methodNames(settings.apis);
  return {
    world: world?.name,
    clock,
    ids,
    lifetime: new Lifetime(),
    past: new PastTokens(apiOf),
    calls: new CallLog<MockCalls>(names),
    faults: new InjectedFaults<MockMethod>(names, randomSeed),
    validate,
    lenient,
    requestIds: newRequestIds(settings, world?.name),
    runStrictly: strict ? runStrictly : undefined,
  };
}

/** Creates the generator of request ids. It is separate, because the option must not change any other id. */
function newRequestIds({ requestIds, randomSeed }: MockSettings, world: string | undefined): Ids | undefined {
  return requestIds ? new Ids(randomSeed ^ 0x72657175, world) : undefined;
}

function startClock(now: number, isRunning: boolean): VirtualClock {
  const clock = new VirtualClock(now);
  if (isRunning) clock.run();
  return clock;
}

function applySeed<Name extends keyof CreatedApis>(created: CreatedApis, seeds: MockSeed, name: Name): void {
  const seed = seeds[name];
  if (seed !== undefined) created[name].applySeed(seed, `seed.${name}`);
}
