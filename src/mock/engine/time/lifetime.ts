import { Code, ConnectError } from "@connectrpc/connect";

/** The time of a server from one reset to the next. */
export class Era {
  /** Creates the error of its calls, if it has ended. Each call gets its own error, because handlers change its metadata. */
  newError: (() => ConnectError) | undefined = undefined;

  /** @throws ConnectError `canceled` if it has ended. */
  check(): void {
    if (this.newError !== undefined) throw this.newError();
  }
}

/** The eras of a server. A call belongs to the era in which its request arrived, and must change nothing in a later one. */
export class Lifetime {
  #current = new Era();
  /** The calls that have arrived, if the server can be stopped. */
  #calls: AbortController[] | undefined;
  #isOver = false;
  /** Creates the error of a server that has ended. */
  #newFinalError: (() => ConnectError) | undefined;

  /** The current era. A server that has ended stays in its last one, in which every call fails. */
  get current(): Era {
    return this.#current;
  }

  /** Whether the server was stopped. After that, no earlier or later call gets a response. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Must be called before {@link Lifetime.stop}. A server that is never stopped does not keep a list of its calls. */
  allowStop(): void {
    this.#calls ??= [];
  }

  /** Stops the server. Aborts the calls under way, so that no timer stays. */
  stop(): void {
    this.#isOver = true;
    for (const call of this.#calls ?? []) call.abort();
  }

  /** Returns the signal for the handler of a call. It aborts with the request's signal, or when the server stops. */
  bound(signal: AbortSignal): AbortSignal {
    if (this.#calls === undefined) return signal;
    const call = new AbortController();
    if (signal.aborted) call.abort(signal.reason);
    signal.addEventListener("abort", () => call.abort(signal.reason), { once: true });
    this.#calls.push(call);
    return call.signal;
  }

  /**
   * Ends the current era, and begins the next one unless the server has ended. `by` names the method that ended it. Returns a function
   * that creates the error for the calls of the ended era.
   */
  end(by: "reset" | "restore"): () => ConnectError {
    if (this.#newFinalError !== undefined) return this.#newFinalError;
    const newError = this.#cancel(
      `server.${by}() has ended this call, which was under way: await the call before, or ignore this error`,
    );
    this.#current = new Era();
    return newError;
  }

  /**
   * Ends the server: no era follows. `why` is the text of the error for its calls. Returns a function that creates the
   * error.
   */
  endForGood(why: string): () => ConnectError {
    this.#newFinalError = this.#cancel(why);
    return this.#newFinalError;
  }

  #cancel(text: string): () => ConnectError {
    const newError = () => new ConnectError(text, Code.Canceled);
    this.#current.newError = newError;
    return newError;
  }
}
