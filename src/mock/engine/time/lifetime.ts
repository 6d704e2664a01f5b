import { Code, ConnectError, type ConnectRouter, type ContextKey } from "@connectrpc/connect";

/** A stretch of a server's life, from one reset to the next. */
export interface Era {
  /** @throws ConnectError `canceled` if the server was reset since. */
  check(): void;
}

/** The eras of a server. A call belongs to the one in which its request came, and must not change anything in a later one. */
export class Lifetime {
  #current = new OneEra();

  /** The present era. */
  get current(): Era {
    return this.#current;
  }

  /** Ends the present era; `by` is what ended it. Returns what makes the error with which a call of that era ends. */
  end(by: "reset" | "restore"): () => ConnectError {
    const newError = () =>
      new ConnectError(
        `the call was under way at server.${by}(), which ends it: await it before, or ignore this error`,
        Code.Canceled,
      );
    this.#current.newError = newError;
    this.#current = new OneEra();
    return newError;
  }
}

class OneEra implements Era {
  /** Each call has an error of its own, because handlers add to its metadata. */
  newError: (() => ConnectError) | undefined = undefined;

  check(): void {
    if (this.newError !== undefined) throw this.newError();
  }
}

const lifetimes = new WeakMap<ConnectRouter, Lifetime>();

/** Remembers whose services are on a router, for the transport that serves it. */
export function setLifetime(router: ConnectRouter, lifetime: Lifetime): void {
  lifetimes.set(router, lifetime);
}

/** The life of the server whose services are on a router. */
export function lifetimeOf(router: ConnectRouter): Lifetime | undefined {
  return lifetimes.get(router);
}

/** How the era in which a request came gets from its transport to its handler. */
export const eraKey: ContextKey<Era | undefined> = {
  id: Symbol.for("tenantry.mock.era"),
  defaultValue: undefined,
};
