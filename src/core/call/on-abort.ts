import { invalidArgument } from "../errors/invalid-argument.js";

/** The callbacks of one signal, and its one listener. */
class Waiting extends Set<() => void> {
  handleEvent(): void {
    for (const end of this) end();
  }
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls `end` when the signal aborts, but not if it has already aborted. All callbacks of a signal share one listener,
 * because a program may pass one signal to a thousand calls, and Node warns about more than ten listeners.
 *
 * @returns a function that removes the callback. The last one removes the listener.
 * @throws InvalidArgumentError if `signal` is not an `AbortSignal`. A signal of another realm, such as jsdom's, is
 * accepted.
 */
export function onAbort(signal: AbortSignal | null | undefined, end: () => void): () => void {
  if (signal == null) return () => {};
  if (typeof signal.aborted !== "boolean" || typeof signal.addEventListener !== "function") {
    throw invalidArgument("signal", "must be an AbortSignal: pass the `signal` of an AbortController");
  }
  const waiting = waitingFor.get(signal) ?? new Waiting();
  if (waiting.size === 0) {
    waitingFor.set(signal, waiting);
    signal.addEventListener("abort", waiting);
  }
  waiting.add(end);
  return () => {
    if (!waiting.delete(end) || waiting.size > 0) return;
    waitingFor.delete(signal);
    signal.removeEventListener("abort", waiting);
  };
}
