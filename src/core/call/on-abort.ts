import { invalidArgument } from "../errors/invalid-argument.js";

/** The callbacks of one signal, and its one listener. */
class AbortCallbacks extends Set<() => void> {
  handleEvent(): void {
    for (const callback of this) callback();
  }
}

const callbacksOf = new WeakMap<AbortSignal, AbortCallbacks>();

/**
 * Calls `callback` when the signal aborts, but not if it has already aborted. All callbacks of a signal share one
 * listener: a program may pass one signal to a thousand calls, and Node warns about more than ten listeners.
 *
 * @returns a function that removes the callback. The last one removes the listener.
 * @throws InvalidArgumentError if `signal` is not an `AbortSignal`. A signal of another realm, such as jsdom's, is
 * accepted.
 */
export function onAbort(signal: AbortSignal | null | undefined, callback: () => void): () => void {
  if (signal == null) return () => {};
  if (typeof signal.aborted !== "boolean" || typeof signal.addEventListener !== "function") {
    throw invalidArgument("signal", "must be an AbortSignal: pass the `signal` of an AbortController");
  }
  const callbacks = callbacksOf.get(signal) ?? new AbortCallbacks();
  if (callbacks.size === 0) {
    callbacksOf.set(signal, callbacks);
    signal.addEventListener("abort", callbacks);
  }
  callbacks.add(callback);
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) signal.removeEventListener("abort", callbacks);
  };
}
