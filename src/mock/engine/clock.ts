import { type Duration, type Instant, toInstant, toMs } from "./duration.js";

// Taken when the module loads, so that a test runner's fake timers don't stop the mock's own.
const { setTimeout, clearTimeout, setImmediate, clearImmediate } = globalThis;

/** Where every mock server's time begins unless told otherwise: 2026-01-01T00:00:00Z. */
export const epoch = Date.UTC(2026, 0, 1);

interface Entry {
  readonly at: number;
  readonly sleep: boolean;
  readonly fire: () => void;
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
  /** When `#now` was true, by a clock that nobody can set back. Undefined while this one stands. */
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
    return this.#runningSince === undefined ? this.#now : this.#now + performance.now() - this.#runningSince;
  }

  /** Whether time passes by itself: see {@link Clock.run}. */
  get isRunning(): boolean {
    return this.#runningSince !== undefined;
  }

  /**
   * Moves time on, and fires what falls due on the way, in order, each with `now()` at its own due time.
   *
   * @throws RangeError when `by` is no duration.
   */
  advance(by: Duration): void {
    this.#moveTo(this.now() + toMs(by));
  }

  /**
   * Moves to a point in time. Forward, what falls due on the way fires; backward, nothing does.
   *
   * @throws RangeError when `to` is no date.
   */
  set(to: Instant): void {
    const target = toInstant(to);
    if (target >= this.now()) {
      this.#moveTo(target);
      return;
    }
    this.#now = target;
    if (this.#runningSince !== undefined) this.#runningSince = performance.now();
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
    this.#runningSince ??= performance.now();
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
      });
      function onAbort(): void {
        cancel();
        reject(signal?.reason);
      }
      signal?.addEventListener("abort", onAbort, { once: true });
    });
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
    if (running) this.#runningSince = performance.now();
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

/** The longest delay that a platform's timer can hold; a longer one is taken in several steps. */
const longestDelay = 2 ** 31 - 1;

function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Math.min(Math.max(ms, 0), longestDelay));
  return () => clearTimeout(timer);
}

/** As soon as the running code has come to rest; browsers have no faster way than a timer. */
function atRest(callback: () => void): () => void {
  if (typeof setImmediate !== "function") return after(0, callback);
  const immediate = setImmediate(callback);
  return () => clearImmediate(immediate);
}
