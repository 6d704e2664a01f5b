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

/** A clock that counts its pending timers. */
export class CountingClock extends VirtualClock {
  pending = 0;
  override setTimeout(callback: () => void, delayMs: number): () => void {
    this.pending++;
    let open = true;
    const close = () => {
      if (open) this.pending--;
      open = false;
    };
    const cancel = super.setTimeout(() => {
      close();
      callback();
    }, delayMs);
    return () => {
      close();
      cancel();
    };
  }
}
