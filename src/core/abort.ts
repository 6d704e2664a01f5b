import type { Clock } from "./clock.js";

/** What ends a piece of work before it is done. */
export interface Bounds {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now; nothing (or Infinity) for no deadline. */
  readonly timeoutMs?: number | undefined;
  readonly clock: Clock;
}

/**
 * Runs `work` within bounds. It rejects as soon as the signal aborts or the
 * time is up, also when the work itself does not listen to the signal it is
 * given, and leaves no timer and no listener behind.
 *
 * The rejection is the signal's reason; for the deadline a `TimeoutError`, as
 * `AbortSignal.timeout()` has it, so that there is one way to tell them apart.
 */
export function within<T>(bounds: Bounds, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, timeoutMs = Number.POSITIVE_INFINITY, clock } = bounds;
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    let cancel = () => {};
    const release = () => {
      cancel();
      signal?.removeEventListener("abort", onAbort);
    };
    const fail = (reason: unknown) => {
      release();
      reject(reason);
    };
    const end = (reason: unknown) => {
      // Before the rejection, so that what ends inside is heard of before what ends around it.
      controller.abort(reason);
      fail(reason);
    };
    const onAbort = () => end(signal?.reason);
    const onTimeout = () => end(timeoutReason(timeoutMs));
    if (signal?.aborted) return onAbort();
    if (timeoutMs <= 0) return onTimeout();
    signal?.addEventListener("abort", onAbort);
    if (timeoutMs < Number.POSITIVE_INFINITY) cancel = clock.setTimeout(onTimeout, timeoutMs);
    try {
      work(controller.signal).then((value) => {
        release();
        resolve(value);
      }, fail);
    } catch (reason) {
      fail(reason);
    }
  });
}

/** Settles as the work does, or rejects with the signal's reason as soon as that aborts, also when the work does not listen to it. */
export function until<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work();
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
    const release = () => signal.removeEventListener("abort", onAbort);
    (async () => work())().finally(release).then(resolve, reject);
  });
}

/** Whether an abort's reason says that time ran out, rather than that somebody changed their mind. */
export function isTimeout(reason: unknown): boolean {
  // Not by its class: a simulated browser has a DOMException of its own.
  return typeof reason === "object" && reason !== null && "name" in reason && reason.name === "TimeoutError";
}

function timeoutReason(timeoutMs: number): DOMException {
  return new DOMException(`no answer within ${timeoutMs} ms`, "TimeoutError");
}
