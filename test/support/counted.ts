import type { Clock } from "tenantry";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";

/** Creates an abort signal that counts its listeners. */
export function countedSignal(): { signal: AbortSignal; abort(reason?: unknown): void; listeners(): number } {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: unknown,
  ) => {
    listeners.add(listener);
    add(type, listener, options === true ? true : {});
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return { signal, abort: (reason) => controller.abort(reason), listeners: () => listeners.size };
}

/** Counts the timers of a clock from now on. */
export function countTimers(clock: Clock): { readonly pending: number } {
  const timers = { pending: 0 };
  const start = clock.setTimeout.bind(clock);
  clock.setTimeout = (callback, delayMs) => {
    timers.pending++;
    let isPending = true;
    const end = () => {
      if (isPending) timers.pending--;
      isPending = false;
    };
    const cancel = start(() => {
      end();
      callback();
    }, delayMs);
    return () => {
      end();
      cancel();
    };
  };
  return timers;
}

/** A virtual clock that counts its pending timers. */
export class CountingClock extends VirtualClock {
  readonly #timers = countTimers(this);

  get pending(): number {
    return this.#timers.pending;
  }
}
