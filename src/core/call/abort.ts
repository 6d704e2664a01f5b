import { isError } from "../errors/network.js";
import { isRecord } from "../json/fields.js";
import { type Clock, onLimit } from "./clock.js";
import { onAbort } from "./on-abort.js";

/** What can end work before it is done: a signal and a deadline. */
export interface Bounds {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now. Undefined, or longer than timers can wait, for no deadline. */
  readonly timeoutMs?: number | undefined;
  readonly clock: Clock;
}

/**
 * Runs `work` within bounds. It rejects as soon as the signal aborts or the time is up, even if the work does not listen to
 * the signal that it gets. It leaves no timer and no listener behind.
 *
 * It rejects with the signal's reason. For the deadline that is a `TimeoutError`, as with `AbortSignal.timeout()`, so that
 * there is one way to tell the two apart.
 */
export function within<T>(bounds: Bounds, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, timeoutMs = Infinity, clock } = bounds;
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    let cancel = () => {};
    let leave = () => {};
    const release = () => {
      cancel();
      leave();
    };
    const end = (reason: unknown) => {
      // Before the rejection, so that an attempt reports its end before its call does.
      // HTTP libraries convert the reason to a string. Some objects cannot be converted.
      const isFit = typeof reason !== "object" || isError(reason);
      controller.abort(isFit ? reason : named("AbortError", "aborted"));
      release();
      reject(reason);
    };
    const cancelAll = () => end(signal?.reason);
    // The name that `AbortSignal.timeout()` uses.
    const onTimeout = () => end(named("TimeoutError", `no response within ${timeoutMs} ms`));
    if (signal?.aborted) return cancelAll();
    if (timeoutMs <= 0) return onTimeout();
    leave = onAbort(signal, cancelAll);
    cancel = onLimit(clock, timeoutMs, onTimeout);
    const run = async () => {
      try {
        return await work(controller.signal);
      } finally {
        release();
      }
    };
    // These are the promise's own functions, so that V8 can follow it: an error's stack then names the line that made the
    // call.
    run().then(resolve, reject);
  });
}

/** Whether an abort's reason is a timeout: an error whose name is `TimeoutError`. */
export function isTimeout(reason: unknown): boolean {
  // Not by `instanceof`: a simulated browser has a DOMException of its own.
  try {
    return isRecord(reason) && reason["name"] === "TimeoutError";
  } catch {
    // An object whose fields cannot be read, such as a proxy that was revoked.
    return false;
  }
}

/** A plain error with a name, because some runtimes have no `DOMException`. */
function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
