/** An abort signal of another realm, such as jsdom's. It is not an instance of the platform's AbortSignal. */
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

/** Wraps a fetch so that it accepts only the platform's signals, as in Node 24. */
export function withStrictSignals(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
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
