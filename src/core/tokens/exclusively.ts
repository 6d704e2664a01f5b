import type { Clock } from "../call/clock.js";
import type { TokenLock } from "./token-lock.js";

/**
 * Runs `critical` under the lock. If the lock cannot be had (the folder is read-only, the holder is frozen), `critical` runs
 * without it: the compare-and-swap of the store, and the mark that a refresh has started, keep the tokens right then. The lock
 * saves the others from looking again and again.
 *
 * @param limitMs - how long to wait for the lock, in milliseconds.
 * @param signal - ends the wait. It does not end `critical`.
 */
export function exclusively<T>(
  { lock, clock, limitMs, signal }: { lock: TokenLock; clock: Clock; limitMs: number; signal: AbortSignal },
  critical: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    let run: Promise<T> | undefined;
    const stopWaiting = () => {
      cancel();
      signal.removeEventListener("abort", leave);
    };
    const enter = () => {
      stopWaiting();
      if (!run && waiting.signal.aborted && signal.aborted) return Promise.reject(signal.reason);
      run ??= critical();
      run.then(resolve, reject);
      return run;
    };
    const leave = () => {
      stopWaiting();
      waiting.abort(signal.reason);
      reject(signal.reason);
    };
    const goOnWithout = () => {
      if (run || signal.aborted) return;
      waiting.abort();
      enter().catch(() => {});
    };
    const cancel = clock.setTimeout(goOnWithout, limitMs);
    signal.addEventListener("abort", leave);
    if (signal.aborted) return leave();
    // What the lock fails with after `critical` has begun does not matter: the result of `critical` counts.
    Promise.resolve()
      .then(() => lock(enter, waiting.signal))
      .then(goOnWithout, goOnWithout);
  });
}
