import { isError } from "../errors/network.js";
import { isRecord } from "../json/fields.js";
import { type Clock, onLimit } from "./clock.js";
import { onAbort } from "./on-abort.js";

/** The limits of some work: a signal and a time limit. */
export interface Bounds {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now. No limit if it is undefined, or longer than timers can wait. */
  readonly timeoutMs?: number | undefined;
  readonly clock: Clock;
}

/**
 * Runs `work` within bounds. Rejects as soon as the signal aborts or the time is up, even if the work ignores the
 * signal that is passed to it. Leaves no timer and no listener behind.
 *
 * Rejects with the signal's reason. When the time is up, that is a `TimeoutError`, as with `AbortSignal.timeout()`: see
 * {@link isTimeout}.
 */
export function within<T>(bounds: Bounds, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, timeoutMs = Infinity, clock } = bounds;
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    let cancelTimer = () => {};
    let removeListener = () => {};
    const release = () => {
      cancelTimer();
      removeListener();
    };
    const end = (reason: unknown) => {
      // Abort before rejecting, so that an attempt reports its end before its call does. HTTP libraries convert the
      // reason to a string, which fails for some objects.
      const isReadable = typeof reason !== "object" || isError(reason);
      controller.abort(isReadable ? reason : errorNamed("AbortError", "aborted"));
      release();
      reject(reason);
    };
    const cancelAll = () => end(signal?.reason);
    // The name that `AbortSignal.timeout()` uses.
    const onTimeout = () => end(errorNamed("TimeoutError", `no response within ${timeoutMs} ms`));
    if (signal?.aborted) return cancelAll();
    if (timeoutMs <= 0) return onTimeout();
    removeListener = onAbort(signal, cancelAll);
    cancelTimer = onLimit(clock, timeoutMs, onTimeout);
    const run = async () => {
      try {
        return await work(controller.signal);
      } finally {
        release();
      }
    };
    // Passing the promise's own functions lets V8 follow it: an error's stack then contains the line that made the
    // call.
    run().then(resolve, reject);
  });
}

/** Checks whether an abort's reason is a timeout: an error with the name `TimeoutError`. */
export function isTimeout(reason: unknown): boolean {
  // `instanceof` would fail in a simulated browser, which has a DOMException of its own.
  try {
    return isRecord(reason) && reason["name"] === "TimeoutError";
  } catch {
    // The fields of some objects cannot be read, such as the fields of a revoked proxy.
    return false;
  }
}

/** Creates an error with a name. Some runtimes have no `DOMException`. */
function errorNamed(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
