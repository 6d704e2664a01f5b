import { createMockServer, type MockServerOptions, type MockSnapshot } from "tenantry/mock";
import { Random } from "../../support/random.js";
import { Calls } from "./calls.js";
import { cancel, freeze } from "./clock-steps.js";
import { checkAll, checkIds, checkSnapshot } from "./rules.js";
import { begin, findByToken, steps } from "./steps.js";
import { Subject } from "./subject.js";

/** The most steps of a run, and the most steps inside of each other: a timer's step may reset the server, for example. */
const [mostSteps, deepest] = [40, 3];

/** One random order of steps, on a server, its worlds and its forks. */
export class Run {
  readonly random: Random;
  readonly subjects: Subject[] = [];
  readonly saved: { readonly snapshot: MockSnapshot; readonly text: string }[] = [];
  /** What has happened. */
  readonly story: string[] = [];
  readonly #calls = new Calls(this);
  readonly #realTime: RealTime;
  /** The world and the person that each token was made for. */
  readonly #holders = new Map<Subject, Map<string, string>>();
  #depth = 0;
  #broken: unknown;
  #events = 0;

  constructor(seed: number, realTime: RealTime) {
    this.random = new Random(seed);
    this.#realTime = realTime;
    const strict = this.random.chance(0.5);
    const options: MockServerOptions = {
      strict,
      validate: this.random.chance(0.9),
      requestIds: this.random.chance(0.3),
      ...(this.random.chance(0.3) && { now: "2030-05-01T00:00:00Z" }),
    };
    this.note(JSON.stringify(options));
    const first = new Subject("server", createMockServer(options), strict);
    this.add(first);
    if (this.random.chance(0.9)) begin(this, first);
  }

  async run(): Promise<void> {
    for (let left = 5 + Math.floor(this.random.number() * mostSteps); left > 0; left--) {
      const subject = this.random.pick(this.subjects);
      if (subject === undefined) break;
      for (let calls = 0; this.random.chance(0.5) && calls < 3; calls++) this.#calls.send(subject);
      if (this.random.chance(0.05)) this.#calls.abort();
      if (this.random.chance(0.6)) this.step(subject);
      if (this.random.chance(0.3)) findByToken(this, subject);
      await this.#settled();
      for (const each of this.subjects) checkAll(each);
    }
    await this.#finish();
  }

  /** Does one step on a server. */
  step(subject: Subject): void {
    if (this.#depth >= deepest) return;
    const [name, act] = this.random.pick(steps);
    this.note(`${" ".repeat(this.#depth)}${subject.name}: ${name}`);
    this.#depth++;
    subject.isTouched = true;
    subject.changes++;
    try {
      act(this, subject);
    } finally {
      this.#depth--;
    }
  }

  /** Follows a new server. */
  add(subject: Subject): void {
    this.subjects.push(subject);
    this.#calls.follow(subject);
  }

  note(text: string): void {
    this.#events++;
    this.story.push(text);
  }

  /** Runs a check in a callback, where an error that it throws would not reach the run. */
  check(act: () => void): void {
    this.#events++;
    try {
      act();
    } catch (error) {
      this.#broken ??= error;
    }
  }

  /** Records who has got a token. A token that one person got in one world never becomes another's. */
  issue(home: Subject, token: string, holder: string): void {
    const holders = this.#holders.get(home) ?? new Map<string, string>();
    this.#holders.set(home, holders);
    const known = holders.get(token);
    if (known !== undefined && known !== holder) throw new Error(`${holder} gets the token of ${known}`);
    holders.set(token, holder);
  }

  /** Lets real time pass. A running clock fires what is due. */
  passTime(ms: number): void {
    // A clock does not run while its timers fire.
    if (this.#depth > 1) return;
    this.#realTime.now += ms;
    for (const subject of this.subjects.filter(({ server }) => server.clock.isRunning)) {
      const { clock } = subject.server;
      subject.isTouched = true;
      subject.ranMs += ms;
      const isDue = subject.timers.some(({ state, at }) => state === "waits" && at <= clock.now());
      if (isDue || subject.open > 0) clock.advance(0);
    }
  }

  /** Waits until nothing happens any more. */
  async #settled(): Promise<void> {
    let [events, quiet] = [-1, 0];
    for (let turns = 0; quiet < 8; turns++) {
      if (turns > 5_000) throw new Error("something goes on for ever");
      await new Promise(setImmediate);
      const now =
        this.#events + this.subjects.reduce((sum, { internals }) => sum + internals.clock.revision, 0);
      quiet = now === events ? quiet + 1 : 0;
      events = now;
    }
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** Freezes all clocks. Then all calls settle, and no wait is left. */
  async #finish(): Promise<void> {
    this.note("the end");
    for (const subject of this.subjects) {
      for (const stop of subject.unwatch) stop();
      for (const timer of subject.timers) cancel(timer);
      subject.isTouched = true;
      freeze(subject);
    }
    await this.#settled();
    for (const subject of this.subjects) {
      checkAll(subject);
      checkSnapshot(subject);
      checkIds(subject);
      this.#calls.checkSettled(subject);
      if (subject.open > 0) throw new Error(`a sleep of ${subject.name} never ends`);
      if (subject.internals.clock.skip()) throw new Error(`the clock of ${subject.name} has a wait left`);
      this.note(subject.text);
    }
  }
}

/** The real time, as clocks that run see it. */
export interface RealTime {
  now: number;
}
