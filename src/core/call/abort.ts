import { isError } from "../errors/network.js";
import { isRecord } from "../json/fields.js";
import { type Clock, onLimit } from "./clock.js";
import { onAbort } from "./on-abort.js";

/** What ends a piece of work before it is done. */
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
      // HTTP libraries make a text of it, and some objects cannot become one.
      const isFit = typeof reason !== "object" || isError(reason);
      controller.abort(isFit ? reason : named("AbortError", "aborted"));
      release();
      reject(reason);
    };
    const cancelAll = () => end(signal?.reason);
    // As `AbortSignal.timeout()` has it.
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
    // With the promise's own functions, V8 finds the way to the caller: an error's stack names the line that made the call.
    run().then(resolve, reject);
  });
}

/** Whether an abort's reason says that time ran out. */
export function isTimeout(reason: unknown): boolean {
  // Not by its class: a simulated browser has a DOMException of its own.
  try {
    return isRecord(reason) && reason["name"] === "TimeoutError";
  } catch {
    // An object whose fields cannot be read, such as a proxy that was revoked.
    return false;
  }
}

/** An error of our own, since some runtimes have no `DOMException`. */
function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
