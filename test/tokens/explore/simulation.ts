import type { Clock } from "tenantry";
import { Random } from "../../support/random.js";

/** What can be stopped, or killed: a process or a tab. */
export interface Actor {
  readonly name: string;
  isStopped: boolean;
  isDead: boolean;
}

/** Something that happens when it is chosen. */
interface Event {
  /** Whose event it is. Undefined for one that happens outside of all actors, such as a write that was sent. */
  readonly actor: Actor | undefined;
  readonly what: string;
  readonly happen: () => void;
}

interface Timer {
  readonly at: number;
  readonly event: Event;
}

/**
 * All that is under way in several simulated processes. One event happens at a time, in a random order that depends on the
 * seed alone. Time moves to the next timer.
 */
export class Simulation extends Random {
  now = Date.UTC(2026, 0, 1);
  /** How likely time moves although something else could happen. */
  haste = 0;
  /** Called at random between the promise callbacks that follow an event, so that a call can begin there. */
  interrupt: (() => void) | undefined;
  /** What has happened, for the text of a failure. */
  readonly story: string[] = [];
  #events: Event[] = [];
  #timers: Timer[] = [];

  note(text: string): void {
    this.story.push(`${this.now - Date.UTC(2026, 0, 1)}: ${text}`);
  }

  /** Lets something happen later, in any order. */
  add(actor: Actor | undefined, what: string, happen: () => void): void {
    this.#events.push({ actor, what, happen });
  }

  /** Calls an actor back after `ms` milliseconds, or later. Returns a function that cancels it. */
  timer(actor: Actor, ms: number, happen: () => void): () => void {
    let isCanceled = false;
    const event: Event = { actor, what: "timer", happen: () => isCanceled || happen() };
    const timer = { at: this.now + Math.max(1, ms), event };
    this.#timers.push(timer);
    return () => {
      isCanceled = true;
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#events = this.#events.filter((other) => other !== event);
    };
  }

  /** How many timers an actor has. */
  timersOf(actor: Actor): number {
    return this.#timers.filter((timer) => timer.event.actor === actor).length;
  }

  /** Lets one thing happen, and all that follows from it at once. Returns false if nothing is left. */
  async step(): Promise<boolean> {
    const ready = this.#events.filter(({ actor }) => !actor?.isStopped && !actor?.isDead);
    const isTime = ready.length === 0 || this.chance(this.haste);
    if (!(isTime && this.#moveTime())) {
      const event = this.pick(ready);
      if (!event) return false;
      this.#events = this.#events.filter((other) => other !== event);
      if (event.what !== "timer") this.note(event.what);
      event.happen();
    }
    await this.#maybeInterrupt();
    await settled();
    return true;
  }

  async #maybeInterrupt(): Promise<void> {
    if (!this.interrupt || !this.chance(0.1)) return;
    for (let turns = Math.floor(this.number() * 12); turns > 0; turns--) await undefined;
    this.interrupt();
  }

  #moveTime(): boolean {
    const live = this.#timers.filter(({ event }) => !event.actor?.isDead);
    const at = Math.min(...live.map((timer) => timer.at));
    if (at === Infinity) return false;
    this.now = Math.max(this.now, at);
    const due = live.filter((timer) => timer.at <= at);
    this.#timers = live.filter((timer) => timer.at > at);
    this.#events.push(...due.map(({ event }) => event));
    return true;
  }
}

/** Resolves when all promises that can settle have done so: Node empties their queue before the next tick. */
export function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** The clock of an actor. */
export function clockOf(simulation: Simulation, actor: Actor): Clock {
  const clock: Clock = {
    now: () => simulation.now,
    setTimeout: (callback, ms) => simulation.timer(actor, ms, callback),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = clock.setTimeout(() => {
          signal?.removeEventListener("abort", leave);
          resolve();
        }, ms);
        signal?.addEventListener("abort", leave, { once: true });
      }),
  };
  return clock;
}
