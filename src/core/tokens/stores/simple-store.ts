import { within } from "../../call/abort.js";
import { systemClock } from "../../call/clock.js";
import { callback, checkOptions } from "../../checks/check-options.js";
import { isError } from "../../errors/network.js";
import { type Stored, type TokenStore, toStored } from "./token-store.js";

/** How long one operation waits for the one before it, which may never settle. Less than the `timeoutMs` of a source. */
const limit = { timeoutMs: 15_000, clock: systemClock };

/** Options of {@link simpleStore}. */
export interface SimpleStoreOptions {
  /**
   * Returns the last value that `save` was called with. Any other value, such as null, counts as an empty store. So does a
   * `SyntaxError`, which `JSON.parse` throws for damaged text. If it reads from a server, check the response first and throw another
   * error: a page of HTML would count as a sign-out.
   */
  readonly load: () => unknown;
  /** Keeps a plain JSON object. Called with undefined after a sign-out: delete the object then. */
  readonly save: (stored: Stored | undefined) => unknown;
}

/**
 * Creates a store from two plain functions, for a keychain or a settings file. It is safe within one process only: two processes
 * that share such a store may use a refresh token twice. The functions run one after the other. If one has not settled after 15 seconds,
 * the next one runs.
 *
 * @throws InvalidArgumentError if an option is wrong.
 *
 * @example
 * ```ts
 * const store = simpleStore({
 *   load: async () => JSON.parse((await keychain.get("acme")) ?? "null"),
 *   save: (stored) => keychain.set("acme", JSON.stringify(stored ?? null)),
 * });
 * ```
 */
export function simpleStore(options: SimpleStoreOptions): TokenStore {
  const of = "simpleStore";
  checkOptions(options, { load: callback, save: callback }, of);
  callback(options.load, "load", of);
  callback(options.save, "save", of);
  /** Resolves when the last operation may run. */
  let started: Promise<unknown> = Promise.resolve();
  /** Settles when the last operation has, if it ever does. */
  let ended = started;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const before = ended;
    started = started.then(() => within(limit, () => before)).catch(() => {});
    const turn = started.then(work);
    ended = turn;
    return turn;
  };
  const read = async () => {
    try {
      return toStored(await options.load());
    } catch (reason) {
      // Damaged JSON counts as empty, as in the other stores. Otherwise, no sign-in could replace it.
      if (isError(reason) && reason.name === "SyntaxError") return undefined;
      throw reason;
    }
  };
  return {
    name: of,
    load: () => inTurn(read),
    save: (next, expectedRevision) =>
      inTurn(async () => {
        if ((await read())?.revision !== expectedRevision) return false;
        await options.save(next);
        return true;
      }),
    clear: () =>
      inTurn(async () => {
        await options.save(undefined);
      }),
  };
}
