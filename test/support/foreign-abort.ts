/** An abort signal of another realm, as a simulated browser such as jsdom has it: it is not one of the platform's. */
class ForeignSignal extends EventTarget implements AbortSignal {
  aborted = false;
  reason: unknown = undefined;
  onabort = null;

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }
}

/** The controller of such a signal. */
export class ForeignAbortController implements AbortController {
  readonly signal = new ForeignSignal();

  abort(reason: unknown = new Error("This operation was aborted")): void {
    const { signal } = this;
    if (signal.aborted) return;
    Object.assign(signal, { aborted: true, reason });
    signal.dispatchEvent(new Event("abort"));
  }
}

/** A fetch that accepts only the platform's own signals, as in Node 24. */
export function strictly(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  const { AbortSignal: Own } = globalThis;
  return async (input, init) => {
    if (init?.signal && !(init.signal instanceof Own)) {
      throw new TypeError(
        'RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal.',
      );
    }
    return fetch(input, init);
  };
}
