import { type Duration, toMs } from "./duration.js";
import { type Instant, toInstant } from "./instant.js";
import { after, atRest, elapsedMs } from "./wait.js";

/** Where every mock server's time begins unless told otherwise: 2026-01-01T00:00:00Z. */
export const epoch = Date.UTC(2026, 0, 1);

interface Entry {
  readonly at: number;
  readonly sleep: boolean;
  readonly fire: () => void;
  /** What happens if the wait is dropped; nothing for a timer. */
  readonly drop?: (reason: unknown) => void;
}

/**
 * Virtual time. It stands still until somebody moves it, so that a test of an invite that lapses in a day takes no day:
 *
 * ```ts
 * server.clock.advance("25h");
 * ```
 *
 * The one thing that moves it by itself is {@link Clock.sleep}: a wait that somebody wants to see pass (a fault's latency, a
 * client's backoff) takes its time on this clock and none on the wall.
 */
export class Clock {
  #now: number;
  /** The real milliseconds when `#now` was true; undefined while the clock stands. */
  #runningSince: number | undefined;
  /** In the order in which they fall due. */
  #entries: Entry[] = [];
  #wake: (() => void) | undefined;

  /** A clock that stands at `start`. */
  constructor(start: Instant = epoch) {
    this.#now = toInstant(start);
  }

  /** The time, in milliseconds since 1970. */
  now(): number {
    if (this.#runningSince === undefined) return this.#now;
    return this.#now + Math.floor(elapsedMs() - this.#runningSince);
  }

  /** Whether time passes by itself: see {@link Clock.run}. */
  get isRunning(): boolean {
    return this.#runningSince !== undefined;
  }

  /**
   * Moves time on, and fires what falls due on the way, in order, each with `now()` at its own due time.
   *
   * Vydon accepts a user's token for one minute after its expiry, as the real server does: to see a token of an hour
   * refused, advance by more than 61 minutes. An API key ends on time.
   *
   * @throws RangeError if `by` is not a duration.
   */
  advance(by: Duration): void {
    this.#moveTo(this.now() + toMs(by));
  }

  /**
   * Moves to a point in time. Forward, what falls due on the way fires; backward, nothing does.
   *
   * @throws RangeError if `to` is not a date.
   */
  set(to: Instant): void {
    const target = toInstant(to);
    if (target >= this.now()) {
      this.#moveTo(target);
      return;
    }
    this.#now = target;
    if (this.#runningSince !== undefined) this.#runningSince = elapsedMs();
    this.#schedule();
  }

  /** Stops a running clock where it is. */
  freeze(): void {
    this.#now = this.now();
    this.#runningSince = undefined;
    this.#schedule();
  }

  /** Lets time pass as it does on the wall, from the clock's present time on. */
  run(): void {
    this.#runningSince ??= elapsedMs();
    this.#schedule();
  }

  /** Calls `callback` once `delayMs` have passed on this clock (1 at the least); answers a function that cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void {
    return this.#add({ at: this.now() + Math.max(1, toMs(delayMs)), sleep: false, fire: callback });
  }

  /**
   * Waits `ms` on this clock. While the clock stands still it moves by itself to the end of the earliest wait, as soon as
   * the running code has come to rest, so the wait costs no real time.
   *
   * @throws the signal's reason, at once, when it aborts.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = this.#add({
        at: this.now() + toMs(ms),
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

  /** Drops all waits, as `server.reset()` does: a timer never fires, and each sleep throws what `newReason` makes. */
  dropWaits(newReason: () => unknown): void {
    const dropped = this.#entries;
    this.#entries = [];
    this.#schedule();
    for (const { drop } of dropped) drop?.(newReason());
  }

  #add(entry: Entry): () => void {
    let index = this.#entries.length;
    while (index > 0 && (this.#entries[index - 1]?.at ?? 0) > entry.at) index--;
    this.#entries.splice(index, 0, entry);
    this.#schedule();
    return () => {
      const position = this.#entries.indexOf(entry);
      if (position < 0) return;
      this.#entries.splice(position, 1);
      this.#schedule();
    };
  }

  #moveTo(target: number): void {
    const running = this.#runningSince !== undefined;
    this.#now = this.now();
    this.#runningSince = undefined;
    const errors: unknown[] = [];
    for (let next = this.#entries[0]; next !== undefined && next.at <= target; next = this.#entries[0]) {
      this.#entries.shift();
      this.#now = Math.max(this.#now, next.at);
      try {
        next.fire();
      } catch (error) {
        errors.push(error);
      }
    }
    // A callback may itself have moved the clock past the target.
    this.#now = Math.max(this.#now, target);
    if (running) this.#runningSince = elapsedMs();
    this.#schedule();
    if (errors.length > 0) throw errors[0];
  }

  /** Arranges the next moment at which the clock must act by itself, and drops the last arrangement. */
  #schedule(): void {
    this.#wake?.();
    this.#wake = undefined;
    if (this.#runningSince !== undefined) {
      const next = this.#entries[0];
      if (next !== undefined) this.#wake = after(next.at - this.now(), () => this.#moveTo(this.now()));
      return;
    }
    const sleep = this.#entries.find((entry) => entry.sleep);
    if (sleep !== undefined) this.#wake = atRest(() => this.#moveTo(Math.max(this.#now, sleep.at)));
  }
}
