import { onAbort } from "./on-abort.js";

/**
 * A source of time. The default is the platform's clock. Tests pass a virtual one, such as the mock server's
 * `server.clock`: then a retry's back-off and a token's expiry take no real time.
 */
export interface Clock {
  /** Returns the milliseconds since 1970. */
  now(): number;
  /**
   * Returns the milliseconds since any fixed point. It never goes back, so durations are right even if the system's
   * time is set. Default: `now()`.
   */
  monotonic?(): number;
  /** Calls `callback` once after `ms` milliseconds. Returns a function that cancels it. */
  setTimeout(callback: () => void, ms: number): () => void;
  /** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Reads the clock, in milliseconds, to measure a duration. Only the difference of two readings has a meaning. */
export function monotonicTime(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now();
}

/** The longest delay of the platform's timers, in milliseconds: about 24 days. A timer with a longer one fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Calls `callback` after `limitMs` milliseconds, or never if that is longer than timers can wait. Returns a function
 * that cancels it.
 */
export function onLimit(clock: Clock, limitMs: number, callback: () => void): () => void {
  return limitMs <= longestTimerMs ? clock.setTimeout(callback, limitMs) : () => {};
}

/** Calls `callback` every `ms` milliseconds. Returns a function that stops it. */
export function every(clock: Clock, ms: number, callback: () => void): () => void {
  let cancel = clock.setTimeout(again, ms);
  function again(): void {
    cancel = clock.setTimeout(again, ms);
    callback();
  }
  return () => cancel();
}

/** The platform's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout(callback, ms) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs));
    return () => clearTimeout(timer);
  },
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = onAbort(signal, () => {
        cancel();
        leave();
        reject(signal?.reason);
      });
      const cancel = systemClock.setTimeout(() => {
        leave();
        resolve();
      }, ms);
    });
  },
};
