import { onAbort } from "./on-abort.js";

/**
 * Time as the SDK sees it. The default is the platform's. Tests pass a virtual one, such as the mock server's
 * `server.clock`, so that a retry's back-off or a token's expiry takes no real time.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Milliseconds since any fixed point. It never goes back, so that a span is right even if somebody sets the time. Default:
   * `now()`.
   */
  monotonic?(): number;
  /** Calls back once after `ms` milliseconds. Returns a function that cancels it. */
  setTimeout(callback: () => void, ms: number): () => void;
  /** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A reading of the clock, in milliseconds, to measure a span. Only the difference of two readings has a meaning. */
export function spanTime(clock: Clock): number {
  return clock.monotonic?.() ?? clock.now();
}

/** The longest delay of the platform's timers, in milliseconds: about 24 days. A timer with a longer one fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Calls back after `limitMs` milliseconds, or never if that is longer than timers can wait. Returns a function that cancels
 * it.
 */
export function onLimit(clock: Clock, limitMs: number, callback: () => void): () => void {
  return limitMs <= longestTimerMs ? clock.setTimeout(callback, limitMs) : () => {};
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
