import { type Clock, onLimit } from "../../call/clock.js";
import { onAbort } from "../../call/on-abort.js";
import type { TokenLock } from "./token-lock.js";

/** The time between two checks whether the lock is still needed, in milliseconds. */
const lookAgainMs = 250;

interface Turn {
  readonly lock: TokenLock;
  readonly clock: Clock;
  /** How long to wait for the lock, and for its release, in milliseconds. */
  readonly limitMs: number;
  /** Ends the wait. It does not end `critical`. */
  readonly signal: AbortSignal;
  /**
   * Resolves to undefined if the lock is not needed any more. It is called during the wait, because the queue may be
   * long.
   */
  readonly look: () => Promise<unknown>;
}

/**
 * Runs `critical` under the lock. If it cannot get the lock (the folder is read-only, the holder is frozen), `critical` runs
 * without it. In that case the store's compare-and-swap and the mark of a started refresh still keep two processes from using
 * one refresh token. The lock only saves other processes from polling.
 *
 * @returns what `critical` returns, once the lock is released; undefined if the lock was not needed any more.
 */
export function exclusively<T>(turn: Turn, critical: () => Promise<T>): Promise<T | undefined> {
  const { lock, clock, limitMs, signal, look } = turn;
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    let run: Promise<T> | undefined;
    /** Whether the wait for the lock, or for its release, has ended. */
    let isDone = false;
    let cancelLook = () => {};
    let cancelRelease = () => {};

    const stopWaiting = () => {
      cancelLook();
      cancelLimit();
      removeListener();
    };
    /** Leaves the queue. */
    const end = (finish: () => void) => {
      if (run) return;
      isDone = true;
      stopWaiting();
      waiting.abort();
      finish();
    };
    const leave = () => end(() => reject(signal.reason));
    const enter = async () => {
      if (!run) waiting.signal.throwIfAborted();
      stopWaiting();
      run ??= critical();
      return run;
    };
    const enterLocked = () => {
      const entered = enter();
      // If a lock cannot be released, the call must not wait forever.
      const limitRelease = () => {
        if (!isDone) cancelRelease = onLimit(clock, limitMs, settle);
      };
      entered.then(limitRelease, limitRelease);
      return entered;
    };
    /** Goes on without the lock, or without its release. */
    const settle = () => {
      enter().then(resolve, reject);
      isDone = true;
      cancelRelease();
      waiting.abort();
    };
    const lookLater = () => {
      cancelLook = clock.setTimeout(() => {
        look().then(
          (found) => {
            if (found === undefined) end(() => resolve(undefined));
            else if (!run && !isDone) lookLater();
          },
          (reason) => end(() => reject(reason)),
        );
      }, lookAgainMs);
    };

    const cancelLimit = onLimit(clock, limitMs, settle);
    const removeListener = onAbort(signal, leave);
    if (signal.aborted) return leave();
    lookLater();
    (async () => lock(enterLocked, waiting.signal))().then(settle, settle);
  });
}
