import { Calls, type Troubles } from "./calls.js";
import { pairOf, signInOf } from "./issuer.js";
import { Simulation, settled } from "./simulation.js";
import { type Break, lifeMs, type Setup, type SimulatedProcess, World } from "./world.js";

const longestRun = 20_000;

/**
 * Runs one random order of events. Throws an error with the story if a rule is broken.
 *
 * @param breaks - breaks the store, to show that the rules find it.
 */
export async function explore(seed: number, breaks?: Break): Promise<void> {
  const run = new Run(seed, breaks);
  try {
    await run.run();
  } catch (reason) {
    const message = reason instanceof Error ? reason.message : String(reason);
    throw new Error(`seed ${seed}: ${message}\n${run.text}`);
  }
}

class Run {
  readonly #simulation: Simulation;
  readonly #world: World;
  readonly #troubles: Troubles;
  readonly #calls: Calls;
  /** The processes of the sign-ins and sign-outs under way. */
  readonly #changes = new Map<Promise<void>, SimulatedProcess>();

  constructor(seed: number, breaks?: Break) {
    const simulation = new Simulation(seed);
    this.#simulation = simulation;
    const setup: Setup = {
      reuse: simulation.pick(["refuse", "refuse", "revoke", "lenient", "not rotated"]),
      lock: simulation.pick(["none", "none", "fair", "short", "failing", "deaf"]),
      takeOverMs: simulation.pick([1_000, 3_000]),
      timeoutMs: simulation.pick([600, 2_000, 5_000]),
      followSignIns: simulation.chance(0.4),
      grantsFirst: simulation.chance(0.3),
      hasInitial: simulation.chance(0.4),
    };
    this.#troubles = {
      changes: simulation.chance(0.5),
      stops: simulation.chance(0.5),
      deaths: simulation.chance(0.3),
      store: simulation.chance(0.4),
      server: simulation.chance(0.3),
    };
    this.#world = new World(simulation, setup, breaks);
    this.#calls = new Calls(this.#world, this.#troubles);
  }

  get text(): string {
    const { setup } = this.#world;
    return [JSON.stringify({ ...setup, ...this.#troubles }), ...this.#simulation.story].join("\n");
  }

  async run(): Promise<void> {
    const simulation = this.#simulation;
    const world = this.#world;
    const count = 1 + Math.floor(simulation.number() * 3);
    for (let index = 0; index < count; index++) world.start();
    // Most stores have tokens.
    if (simulation.chance(0.8)) {
      const first = this.#process();
      if (first) this.#signIn(first);
      await this.#finish();
      simulation.now += simulation.chance(0.7) ? lifeMs : 0;
    }
    if (this.#troubles.store) world.storeFaults.refused = world.storeFaults.lostResponse = 0.15;
    if (this.#troubles.server) world.serverFaults.refused = world.serverFaults.lostResponse = 0.2;
    simulation.haste = simulation.pick([0, 0, 0.1, 0.3]);
    this.#calls.isLate = simulation.haste > 0;
    simulation.interrupt = () => this.#act();
    this.#calls.persistence = 0.5;
    for (let left = 4 + Math.floor(simulation.number() * 20); left > 0; ) {
      if (simulation.chance(0.35) || !(await this.#step())) {
        this.#act();
        await settled();
        left--;
      }
    }
    simulation.interrupt = undefined;
    this.#calls.persistence = 0;
    await this.#calm();
    await this.#prove();
  }

  async #step(): Promise<boolean> {
    this.#world.rules.count++;
    const isMore = await this.#simulation.step();
    if (this.#world.broken) throw this.#world.broken;
    return isMore;
  }

  /** Runs all events that are under way. */
  async #finish(): Promise<void> {
    await settled();
    for (let steps = 0; await this.#step(); steps++) {
      if (steps > longestRun) throw new Error("the run never ends");
    }
  }

  /** Ends all troubles. Checks that all calls settle, and that no timer is left. */
  async #calm(): Promise<void> {
    const world = this.#world;
    const none = { refused: 0, lostResponse: 0 };
    Object.assign(world.storeFaults, none);
    Object.assign(world.serverFaults, none);
    this.#simulation.haste = 0;
    for (const process of world.processes) process.isStopped = false;
    await this.#finish();
    const pending = this.#calls.all.find(({ process, outcome }) => !process.isDead && outcome === undefined);
    if (pending) throw new Error(`a call of ${pending.process.name} never settles`);
    const changing = [...this.#changes.values()].find((process) => !process.isDead);
    if (changing) throw new Error(`a sign-in or sign-out of ${changing.name} never settles`);
    for (const process of this.#live) {
      const timers = this.#simulation.timersOf(process);
      if (timers > 0) throw new Error(`${process.name} has ${timers} timers left`);
    }
  }

  /** Checks that the process with the newest tokens can go on, and then the others. */
  async #prove(): Promise<void> {
    const { stored, server, rules, setup, processes } = this.#world;
    this.#simulation.note("the end");
    const isCalm =
      !this.#troubles.store && !processes.some((process) => process.hasStoreFailed || process.isDead);
    const isOnce = new Set(rules.sent.map(({ refreshToken }) => refreshToken)).size === rules.sent.length;
    const isInTime = rules.sent.every(({ at, settledAt }) => settledAt - at < setup.timeoutMs);
    if (isCalm && isInTime && !this.#troubles.changes && stored?.refreshStartedAt !== undefined)
      throw new Error("the store still has a mark, although no refresh is under way");
    if (stored && isCalm && isOnce && !rules.sent.some(({ outcome }) => outcome !== "received")) {
      const [signIn, pair] = [signInOf(stored.tokens.accessToken), pairOf(stored.tokens.accessToken)];
      if (pair < server.newest(signIn))
        throw new Error(`the store has pair ${pair} of ${server.newest(signIn)}`);
    }
    if (isCalm && isOnce && isInTime && this.#troubles.changes) await this.#proveSignIn();
    if (this.#troubles.changes || server.reuse === "revoke" || this.#live.length === 0) return;
    // The initial tokens are used if the store cannot be read, even if it contains others.
    if (this.#world.setup.hasInitial && processes.some((process) => process.hasStoreFailed)) return;
    const isLost = rules.sent.some(({ outcome, process }) => outcome === "under way" || process.isDead);
    const isFailed = rules.sent.some(({ outcome }) => outcome === "failed");
    if (isLost || (isFailed && this.#troubles.server) || this.#world.setup.grantsFirst) return;
    if (!stored && !this.#world.setup.hasInitial && ![...processes].some((process) => process.token)) return;
    const holder = this.#holder();
    const others = this.#live.filter((process) => process !== holder);
    for (const process of [holder, holder, ...others]) {
      this.#simulation.now += process === holder ? lifeMs : 0;
      // A token that has expired when it comes looks as if the clock was wrong, and never expires.
      const asked = this.#calls.ask(process, { rejected: process === holder ? process.token : undefined });
      await this.#finish();
      if (asked.outcome instanceof Error)
        throw new Error(`${process.name} has lost its session: ${asked.outcome}`);
    }
  }

  /** Checks that the process whose sign-in is in the store can go on. */
  async #proveSignIn(): Promise<void> {
    const { stored, rules } = this.#world;
    const process = this.#live.find(({ last }) => stored && last === signInOf(stored.tokens.accessToken));
    if (!process || rules.sent.some(({ outcome }) => outcome !== "received")) return;
    this.#simulation.now += lifeMs;
    const asked = this.#calls.ask(process, {});
    await this.#finish();
    if (asked.outcome instanceof Error)
      throw new Error(`${process.name} has lost its sign-in: ${asked.outcome}`);
  }

  /** Returns the process that has received the newest pair. */
  #holder(): SimulatedProcess {
    const newestOf = (process: SimulatedProcess) => Math.max(0, ...[...process.succeeded].map(pairOf));
    const [first, ...others] = this.#live;
    if (first === undefined) throw new Error("all processes are dead");
    return others.reduce((best, process) => (newestOf(process) > newestOf(best) ? process : best), first);
  }

  get #live(): SimulatedProcess[] {
    return this.#world.processes.filter((process) => !process.isDead);
  }

  #process(): SimulatedProcess | undefined {
    return this.#simulation.pick(this.#live);
  }

  #act(): void {
    const simulation = this.#simulation;
    const process = this.#process();
    if (!process) return;
    const { changes, stops, deaths } = this.#troubles;
    const which = simulation.number();
    if (which < 0.45) this.#calls.ask(process, {});
    else if (which < 0.55 && process.token !== undefined) {
      const rejected = simulation.chance(0.6) ? process.token : undefined;
      this.#calls.ask(process, { rejected, sent: process.token });
    } else if (which < 0.6) this.#calls.abort();
    else if (which < 0.68 && changes) this.#signIn(process);
    else if (which < 0.73 && changes) this.#signOut(process);
    else if (which < 0.83 && stops) {
      process.isStopped = !process.isStopped;
      simulation.note(`${process.name} ${process.isStopped ? "stops" : "continues"}`);
    } else if (which < 0.86 && deaths) {
      process.isDead = true;
      simulation.note(`${process.name} dies`);
    } else if (which < 0.9 && this.#world.processes.length < 5) {
      simulation.note(`${this.#world.start().name} starts`);
    } else if (which < 0.96) {
      const ms = simulation.pick([300, 1_000, 2_500, lifeMs]);
      simulation.note(`${ms} ms pass`);
      simulation.now += ms;
      this.#calls.isLate = true;
    }
  }

  #signIn(process: SimulatedProcess): void {
    const { rules, server } = this.#world;
    const tokens = server.signIn();
    const signIn = signInOf(tokens.accessToken);
    this.#simulation.note(`${process.name} signs in with ${tokens.accessToken}`);
    const before = typeof process.last === "number" ? rules.signIns.get(process.last) : undefined;
    // A process that could not read the store at its first sign-in has still not seen it at the next one.
    const isFirst =
      process.token === undefined ||
      process.last === "out" ||
      (process.hasStoreFailed && before?.isFirst === true);
    const record = { process, calledAt: rules.count, settledAt: Infinity, isFirst };
    rules.signIns.set(signIn, record);
    process.accepted.add(signIn);
    process.last = signIn;
    const done = () => {
      this.#simulation.note(`${process.name} has signed in with ${tokens.accessToken}`);
      record.settledAt = rules.count;
    };
    this.#track(process, process.source.accept(tokens).then(done));
  }

  #signOut(process: SimulatedProcess): void {
    this.#simulation.note(`${process.name} signs out`);
    process.last = "out";
    this.#track(
      process,
      process.source.clear().then(
        () => this.#simulation.note(`${process.name} has signed out`),
        (reason: unknown) => this.#simulation.note(`${process.name} could not sign out: ${reason}`),
      ),
    );
  }

  #track(process: SimulatedProcess, change: Promise<void>): void {
    this.#changes.set(change, process);
    change.then(
      () => this.#changes.delete(change),
      (reason: unknown) =>
        this.#world.check(() => {
          throw reason;
        }),
    );
  }
}
