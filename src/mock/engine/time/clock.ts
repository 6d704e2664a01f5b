import type { Duration } from "./duration.js";
import type { Instant } from "./instant.js";

/**
 * Virtual time. It stands still until you move it. A test of an invite that expires after a day takes no real time:
 *
 * ```ts
 * server.clock.advance("25h");
 * ```
 *
 * A {@link Clock.sleep} moves it too. So the latency of a fault or the back-off of a client takes time on this clock, but no real
 * time.
 */
export interface Clock {
  /** Whether time passes by itself: see {@link Clock.run}. */
  readonly isRunning: boolean;
  /** Returns the time, in milliseconds since 1970. */
  now(): number;
  /**
   * Moves time forward. Timers and sleeps that end on the way fire in order. In each of them, `now()` returns the time
   * at which it ends.
   *
   * Vydon accepts a user's token for one minute after its expiry, as the real server does. A token that is valid for an hour is refused
   * after more than 61 minutes. An API key expires exactly on time.
   *
   * @throws RangeError if `by` is not a duration, or if the time would be after the year 9999.
   */
  advance(by: Duration): void;
  /**
   * Moves to a point in time. If the time is later than now, timers and sleeps that end on the way fire. If it is
   * earlier, no timer fires.
   *
   * @throws RangeError if `to` is not a date, or not in the years 1 to 9999.
   */
  set(to: Instant): void;
  /** Stops a running clock. */
  freeze(): void;
  /** Starts the clock at its current time. It then moves as fast as real time. */
  run(): void;
  /**
   * Calls `callback` after `delayMs` milliseconds on this clock; 0 counts as 1. Returns a function that cancels it. A reset of the
   * server drops the timer.
   *
   * @throws RangeError if `delayMs` is less than 0 or not a number.
   */
  setTimeout(callback: () => void, delayMs: number): () => void;
  /**
   * Waits `ms` milliseconds on this clock. If the clock stands still, the wait takes no real time: as soon as no other code is running, the
   * clock moves to the end of the earliest sleep.
   *
   * @throws the signal's reason, as soon as it aborts.
   * @throws RangeError if `ms` is less than 0 or not a number.
   * @throws ConnectError `canceled` if the server is reset or restored, or if its world ends.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
