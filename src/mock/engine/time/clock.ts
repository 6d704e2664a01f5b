import type { Duration } from "./duration.js";
import type { Instant } from "./instant.js";

/**
 * Virtual time. It stands still until you move it, so a test of an invite that expires in a day takes no day:
 *
 * ```ts
 * server.clock.advance("25h");
 * ```
 *
 * Only {@link Clock.sleep} moves it by itself. So a fault's latency or a client's backoff takes time on this clock, and no real time.
 */
export interface Clock {
  /** Whether time passes by itself: see {@link Clock.run}. */
  readonly isRunning: boolean;
  /** The time, in milliseconds since 1970. */
  now(): number;
  /**
   * Moves time forward. Timers and sleeps that end on the way fire in order, each with `now()` at its own time.
   *
   * Vydon accepts a user's token for one minute after its expiry, as the real server does: to see a token of an hour
   * refused, advance by more than 61 minutes. An API key ends on time.
   *
   * @throws RangeError if `by` is not a duration.
   */
  advance(by: Duration): void;
  /**
   * Moves to a point in time. If that is later, timers and sleeps that end on the way fire. If it is earlier, none fires.
   *
   * @throws RangeError if `to` is not a date.
   */
  set(to: Instant): void;
  /** Stops a running clock. */
  freeze(): void;
  /** Makes time pass as in reality, from the clock's present time on. */
  run(): void;
  /** Calls `callback` when `delayMs` have passed on this clock (at least 1). Returns a function that cancels it. */
  setTimeout(callback: () => void, delayMs: number): () => void;
  /**
   * Waits `ms` on this clock. If the clock stands still, it moves by itself to the end of the earliest sleep as soon as no other
   * code is running, so the wait takes no real time.
   *
   * @throws the signal's reason, as soon as it aborts.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
