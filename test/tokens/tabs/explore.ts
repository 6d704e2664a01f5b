import { Simulation, settled } from "../explore/simulation.js";
import { steadyActor } from "./channel.js";
import { LocalStorage } from "./local-storage.js";
import { Rules } from "./rules.js";
import { type Browser, Tab } from "./tab.js";
import { type Flaw, WebLocks } from "./web-locks.js";

const longestRun = 20_000;

/** What the user does in the tools for developers. */
const edits = [
  null,
  "",
  "{",
  "[]",
  '{"sequence":1e999}',
  '{"sequence":9007199254740991}',
  '{"sequence":-3}',
] as const;

/** What happened in a run. */
export interface Explored {
  readonly writes: number;
  readonly steals: number;
  readonly excuse: string | undefined;
}

/**
 * Runs one random order of events in several tabs. Throws an error with the story if a rule is broken.
 *
 * @param flaw - breaks the locks, to show that the rules find it.
 */
export async function exploreTabs(seed: number, flaw?: Flaw): Promise<Explored> {
  const run = new Run(seed, flaw);
  try {
    return await run.run();
  } catch (reason) {
    const message = reason instanceof Error ? reason.message : String(reason);
    throw new Error(`seed ${seed}: ${message}\n${run.browser.simulation.story.join("\n")}`);
  }
}

class Run {
  readonly browser: Browser;
  readonly #troubles: {
    freezes: boolean;
    deaths: boolean;
    edits: boolean;
    quota: boolean;
    insecure: boolean;
  };
  readonly #tabs: Tab[] = [];
  readonly #user = steadyActor("the user");
  #count = 0;

  constructor(seed: number, flaw?: Flaw) {
    const simulation = new Simulation(seed);
    const freezes = simulation.chance(0.6);
    this.#troubles = {
      freezes,
      deaths: simulation.chance(0.3),
      edits: simulation.chance(0.15),
      quota: simulation.chance(0.2),
      insecure: simulation.chance(0.05),
    };
    // A frozen tab may write up to half a second after it has announced that.
    const delayMs = simulation.pick([5, 100, freezes ? 900 : 1_400]);
    const storage = new LocalStorage(simulation, delayMs);
    const locks = new WebLocks(simulation, { flaw, stealsOvertake: simulation.chance(0.5) });
    this.browser = { simulation, storage, locks, rules: new Rules() };
    simulation.note(JSON.stringify({ delayMs, ...this.#troubles }));
    if (this.#troubles.insecure) this.browser.rules.excuse = "no Web Locks";
  }

  async run(): Promise<Explored> {
    const { simulation, rules, locks } = this.browser;
    for (let count = 2 + Math.floor(simulation.number() * 3); count > 0; count--) this.#open();
    for (let left = 5 + Math.floor(simulation.number() * 25); left > 0; ) {
      if (simulation.chance(0.2) || !(await this.#step())) {
        this.#act();
        await settled();
        left--;
      }
    }
    await this.#finish();
    this.#checkLeaks();
    await this.#prove();
    return { writes: rules.writes.length - 1, steals: locks.steals.length, excuse: rules.excuse };
  }

  async #step(): Promise<boolean> {
    const isMore = await this.browser.simulation.step();
    const { broken } = this.browser.rules;
    if (broken) throw broken;
    return isMore;
  }

  /** Runs all events that are under way. */
  async #finish(): Promise<void> {
    await settled();
    for (let steps = 0; await this.#step(); steps++) {
      if (steps > longestRun) throw new Error("the run never ends");
    }
  }

  #checkLeaks(): void {
    const { simulation, locks } = this.browser;
    for (const tab of this.#live) {
      const [pending] = tab.pending;
      if (pending) throw new Error(`${pending} never settles`);
      if (simulation.timersOf(tab) > 0) throw new Error(`${tab.name} has timers left`);
      const held = locks.held.filter((lock) => lock.tab === tab).map(({ name }) => name);
      if (held.length > 1 || !held.every((name) => name.startsWith("tenantry:tokens#")))
        throw new Error(`${tab.name} still holds ${held}`);
    }
    if (locks.queue.length > 0) throw new Error("a tab waits for a lock");
  }

  /** Checks that each tab can still save. */
  async #prove(): Promise<void> {
    const { simulation, rules, storage } = this.browser;
    simulation.note("the end");
    for (const tab of this.#live) {
      tab.copy.isFull = false;
      tab.load();
      await this.#finish();
      const revision = `r${++this.#count}`;
      tab.save(revision);
      await this.#finish();
      if (rules.latest.revision !== revision || storage.text !== rules.latest.text)
        throw new Error(`${tab.name} cannot save`);
    }
    this.#checkLeaks();
  }

  get #live(): Tab[] {
    return this.#tabs.filter((tab) => !tab.isDead);
  }

  #open(): void {
    const { simulation } = this.browser;
    const hasLocks = !this.#troubles.insecure || simulation.chance(0.5);
    const tab = new Tab(this.browser, `T${this.#tabs.length + 1}`, {
      hasLocks,
      isProcess: simulation.chance(0.5),
    });
    simulation.note(`${tab.name} opens`);
    this.#tabs.push(tab);
  }

  #act(): void {
    const { simulation } = this.browser;
    const { freezes, deaths, edits, quota } = this.#troubles;
    const tab = simulation.pick(this.#live);
    if (!tab) return;
    const which = simulation.number();
    if (which < 0.25) tab.load();
    else if (which < 0.55) tab.save(`r${++this.#count}`);
    else if (which < 0.6) tab.clear();
    else if (which < 0.7) tab.lock(simulation.pick([0, 50, 20_000]), simulation.pick([10, 5_000, 60_000]));
    else if (which < 0.85 && freezes && !tab.isStopped) this.#freeze(tab);
    else if (which < 0.9 && deaths) this.#kill(tab);
    else if (which < 0.94 && edits) this.#edit();
    else if (which < 0.97 && quota) tab.copy.isFull = !tab.copy.isFull;
  }

  #freeze(tab: Tab): void {
    const { simulation } = this.browser;
    simulation.note(`${tab.name} freezes`);
    tab.isStopped = true;
    simulation.timer(this.#user, simulation.pick([200, 2_000, 16_000, 40_000]), () => {
      simulation.note(`${tab.name} continues`);
      tab.isStopped = false;
    });
  }

  /** Closes a tab, and opens another one. */
  #kill(tab: Tab): void {
    const { simulation, locks } = this.browser;
    simulation.note(`${tab.name} is closed`);
    tab.isDead = true;
    simulation.add(undefined, "the browser notices it", () => locks.forget(tab));
    this.#open();
  }

  #edit(): void {
    const { simulation, storage, rules } = this.browser;
    const text = simulation.pick(edits);
    simulation.note(`the user writes ${text}`);
    rules.excuse ??= "the user has changed the storage";
    rules.note(undefined, text);
    storage.write(text);
  }
}
