import { type Clock, onLimit } from "../../call/clock.js";
import type { TokenLock } from "./token-lock.js";

/** How often to check, while waiting for the lock, whether it is still needed, in milliseconds. */
const lookAgainMs = 250;

interface Turn {
  readonly lock: TokenLock;
  readonly clock: Clock;
  /** How long to wait for the lock, and for its release, in milliseconds. */
  readonly limitMs: number;
  /** Ends the wait. It does not end `critical`. */
  readonly signal: AbortSignal;
  /** Whether the lock is still needed. Checked during the wait: there may be a hundred others ahead in the queue. */
  readonly isNeeded: () => Promise<boolean>;
}

/**
 * Runs `critical` under the lock. If it cannot get the lock (the folder is read-only, the holder is frozen), `critical` runs
 * without it: the compare-and-swap of the store, and the mark that a refresh has started, keep the tokens right then. The
 * lock only saves the others from polling.
 *
 * @returns what `critical` returns, once the lock is released; undefined if the lock was not needed any more.
 */
export function exclusively<T>(turn: Turn, critical: () => Promise<T>): Promise<T | undefined> {
  const { lock, clock, limitMs, signal, isNeeded } = turn;
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    let run: Promise<T> | undefined;
    let isOver = false;
    let cancelLook = () => {};
    let cancelRelease = () => {};

    /** Leaves the queue. */
    const end = (finish: () => void) => {
      if (run || isOver) return;
      isOver = true;
      stopWaiting();
      waiting.abort();
      finish();
    };
    const leave = () => end(() => reject(signal.reason));
    const stopWaiting = () => {
      cancelLook();
      cancelLimit();
      signal.removeEventListener("abort", leave);
    };
    const enter = () => {
      if (isOver) return Promise.reject(new Error("the queue was left"));
      stopWaiting();
      run ??= critical();
      return run;
    };
    const enterLocked = () => {
      const entered = enter();
      // A lock that cannot be released must not block the call for ever.
      const limitRelease = () => {
        cancelRelease = onLimit(clock, limitMs, settle);
      };
      if (!isOver) entered.then(limitRelease, limitRelease);
      return entered;
    };
    const goOnWithout = () => {
      if (run || isOver) return;
      enter().then(resolve, reject);
      waiting.abort();
    };
    const settle = () => {
      cancelRelease();
      if (run) run.then(resolve, reject);
      else goOnWithout();
    };
    const look = () => {
      cancelLook = clock.setTimeout(() => {
        isNeeded().then(
          (isStill) => {
            if (!isStill) end(() => resolve(undefined));
            else if (!run && !isOver) look();
          },
          (reason) => end(() => reject(reason)),
        );
      }, lookAgainMs);
    };

    const cancelLimit = onLimit(clock, limitMs, goOnWithout);
    signal.addEventListener("abort", leave);
    if (signal.aborted) return leave();
    look();
    Promise.resolve()
      .then(() => lock(enterLocked, waiting.signal))
      .then(settle, settle);
  });
}
