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
    const end = (reason: unknown) => {
      release();
      controller.abort(reason);
      reject(reason);
    };
    const onAbort = () => end(signal?.reason);
    const onTimeout = () => end(timeoutReason());
    if (signal?.aborted) return end(signal.reason);
    if (timeoutMs <= 0) return end(timeoutReason());
    signal?.addEventListener("abort", onAbort);
    const cancel = timeoutMs < Number.POSITIVE_INFINITY ? clock.setTimeout(onTimeout, timeoutMs) : undefined;
    function release() {
      cancel?.();
      signal?.removeEventListener("abort", onAbort);
    }
    work(controller.signal).then(
      (value) => {
        release();
        resolve(value);
      },
      (reason) => {
        release();
        reject(reason);
      },
    );
  });
}

/** Whether an abort's reason says that time ran out, rather than that somebody changed their mind. */
export function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}

function timeoutReason(): DOMException {
  return new DOMException("The deadline passed.", "TimeoutError");
}
