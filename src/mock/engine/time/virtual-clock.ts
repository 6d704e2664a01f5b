import { show } from "../show.js";
import type { Clock } from "./clock.js";
import { type Duration, toMs } from "./duration.js";
import { type Instant, lastInstant, timeAfter, toInstant } from "./instant.js";
import { after, elapsedMs, whenIdle } from "./wait.js";

/** The time at which a mock server starts by default: 2026-01-01T00:00:00Z. */
export const epoch = Date.UTC(2026, 0, 1);

interface Entry {
  readonly at: number;
  readonly sleep: boolean;
  readonly fire: () => void;
  /** Runs if the wait is dropped. */
  readonly drop?: ((reason: unknown) => void) | undefined;
}

/** The clock of a mock server. */
export class VirtualClock implements Clock {
  #now: number;
  /** The real time at which the clock's time was `#now`, in milliseconds. Undefined while the clock stands still. */
  #runningSince: number | undefined;
  /** How long the clock had run when its time was `#now`, in milliseconds. */
  #ranMs = 0;
  /** Whether the clock continues to run after the timers that fire now. */
  #runsOn = false;
  /** The number of times that the time was set back. */
  #setBacks = 0;
  /** The waits, earliest first. */
  #entries: Entry[] = [];
  #wake: (() => void) | undefined;
  #isClosed = false;
  #revision = 0;
  #moves = 0;
  #movedMs = 0;

  /** A clock that stands still at `start`. */
  constructor(start: Instant = epoch) {
    this.#now = toInstant(start);
  }

  get isRunning(): boolean {
    return this.#runsOn || this.#runningSince !== undefined;
  }

  /** A number that grows with each wait that begins or ends. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * The number of times that the clock has moved by itself or by {@link VirtualClock.skip}, and how far in
   * milliseconds.
   */
  get drift(): { readonly moves: number; readonly ms: number } {
    return { moves: this.#moves, ms: this.#movedMs };
  }

  /** How long the clock has run in all, in milliseconds. */
  get ranMs(): number {
    return this.#ranMs + this.#sinceStart();
  }

  now(): number {
    return this.#now + this.#sinceStart();
  }

  advance(by: Duration): void {
    const target = this.now() + toMs(by);
    if (target > lastInstant) {
      throw new RangeError(
        `the clock cannot advance by ${show(by)}: it would be after the year 9999, and the APIs have no timestamps for that`,
      );
    }
    this.#moveTo(target);
  }

  set(to: Instant): void {
    const target = toInstant(to);
    if (target >= this.now()) {
      this.#moveTo(target);
      return;
    }
    const wasRunning = this.#runningSince !== undefined;
    this.#halt();
    this.#now = target;
    this.#setBacks++;
    if (wasRunning) this.#runningSince = elapsedMs();
    this.#schedule();
  }

  freeze(): void {
    this.#halt();
    this.#runsOn = false;
    this.#schedule();
  }

  run(): void {
    if (!this.#runsOn) this.#runningSince ??= elapsedMs();
    this.#schedule();
  }

  /** @param onDrop - called if the timer is dropped, after the clock has moved. */
  setTimeout(callback: () => void, delayMs: number, onDrop?: () => void): () => void {
    const at = timeAfter(this.now(), Math.max(1, toMs(delayMs)));
    return this.#add({ at, sleep: false, fire: callback, drop: onDrop });
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = this.#add({
        at: timeAfter(this.now(), ms),
        sleep: true,
        fire: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        drop: (reason) => {
          signal?.removeEventListener("abort", onAbort);
          reject(reason);
        },
      });
      function onAbort(): void {
        cancel();
        reject(signal?.reason);
      }
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /**
   * Drops all waits. A timer never fires, and each sleep throws an error that `newReason` returns. Then moves to a
   * point in time.
   */
  dropWaits(newReason: () => unknown, to: Instant): void {
    const dropped = this.#entries;
    this.#entries = [];
    this.set(to);
    for (const { drop } of dropped) drop?.(newReason());
  }

  /** Moves to the end of the earliest wait, even if it is a timer. Returns false if nothing waits. */
  skip(): boolean {
    const next = this.#entries[0];
    if (next === undefined) return false;
    this.#moveItselfTo(next.at);
    return true;
  }

  /** Stops the clock for good: no wait ends any more. A sleep still ends if its signal aborts. */
  close(): void {
    this.#isClosed = true;
    this.freeze();
    this.#entries = [];
    this.#schedule();
  }

  /** Returns how long the clock has run since its time was `#now`, in whole milliseconds. */
  #sinceStart(): number {
    if (this.#runningSince === undefined) return 0;
    // A clock that runs stops at the end of the year 9999.
    return Math.min(Math.floor(elapsedMs() - this.#runningSince), lastInstant - this.#now);
  }

  /** Stops at the current time. */
  #halt(): void {
    const ms = this.#sinceStart();
    this.#now += ms;
    this.#ranMs += ms;
    this.#runningSince = undefined;
  }

  #add(entry: Entry): () => void {
    if (this.#isClosed) return () => {};
    this.#revision++;
    let index = this.#entries.length;
    while (index > 0 && (this.#entries[index - 1]?.at ?? 0) > entry.at) index--;
    this.#entries.splice(index, 0, entry);
    this.#schedule();
    return () => {
      const position = this.#entries.indexOf(entry);
      if (position < 0) return;
      this.#revision++;
      this.#entries.splice(position, 1);
      this.#schedule();
    };
  }

  #moveItselfTo(target: number): void {
    this.#moves++;
    this.#movedMs += Math.max(0, target - this.#now);
    this.#moveTo(Math.max(this.#now, target));
  }

  #moveTo(target: number): void {
    this.#revision++;
    const wasRunning = this.#runningSince !== undefined;
    this.#halt();
    if (wasRunning) this.#runsOn = true;
    const setBacks = this.#setBacks;
    const errors: unknown[] = [];
    // If a callback sets the time back, the move ends there.
    while (setBacks === this.#setBacks) {
      const next = this.#entries[0];
      if (next === undefined || next.at > target) break;
      this.#entries.shift();
      this.#now = Math.max(this.#now, next.at);
      try {
        next.fire();
      } catch (error) {
        errors.push(error);
      }
    }
    // A callback may have moved the clock past the target.
    if (setBacks === this.#setBacks) this.#now = Math.max(this.#now, target);
    // A callback may have frozen the clock.
    if (wasRunning && this.#runsOn) {
      this.#runsOn = false;
      this.#runningSince = elapsedMs();
    }
    this.#schedule();
    if (errors.length > 0) throw errors[0];
  }

  /** Schedules the next time at which the clock must act by itself. Replaces the last schedule. */
  #schedule(): void {
    this.#wake?.();
    this.#wake = undefined;
    if (this.#runningSince !== undefined) {
      const next = this.#entries[0];
      if (next !== undefined) this.#wake = after(next.at - this.now(), () => this.#moveTo(this.now()));
      return;
    }
    const sleep = this.#entries.find((entry) => entry.sleep);
    if (sleep !== undefined) this.#wake = whenIdle(() => this.#moveItselfTo(sleep.at));
  }
}
