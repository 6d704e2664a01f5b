import { within } from "../../call/abort.js";
import type { Clock } from "../../call/clock.js";
import { textOf } from "../../errors/network.js";
import { copyCause } from "../../errors/secrets.js";
import { TokenStoreError } from "../../errors/token-errors.js";
import { SharedFailure } from "../refresh/refresh-failure.js";
import { type Stored, type TokenStore, toStored } from "./token-store.js";

/** How many times to try a save while others write. Each failure means that another writer has succeeded. */
export const maxSaves = 20;

/** A store whose operations end in bounded time, and fail with an error that names the store. */
export interface BoundedStore {
  load(): Promise<Stored | undefined>;
  save(next: Stored, expectedRevision: string | undefined): Promise<boolean>;
  clear(): Promise<void>;
}

/**
 * Returns the store with these bounds around it.
 *
 * @param timeoutMs - how long each operation may take, in milliseconds.
 * @param current - its `secrets` are removed from errors. The errors of a store may contain its input. `isDown` is set
 * if an operation fails.
 */
export function boundedStore(
  { store, clock, timeoutMs }: { store: TokenStore; clock: Clock; timeoutMs: number },
  current: { readonly secrets: readonly string[]; isDown: boolean },
): BoundedStore {
  const name = store.name ?? "the token store";

  async function bounded<T>(doing: string, work: () => Promise<T>): Promise<T> {
    try {
      return await within({ clock, timeoutMs }, async () => work());
    } catch (reason) {
      current.isDown = true;
      const cause = copyCause(reason, current.secrets);
      throw new SharedFailure(TokenStoreError, `${name} cannot be ${doing}: ${textOf(cause)}`, { cause });
    }
  }

  const clear = () => bounded("cleared", () => store.clear());
  let lastSave: Promise<unknown> = Promise.resolve();

  return {
    // The record is checked like the content of a file, because the store may be the user's own.
    load: () => bounded("read", async () => toStored(await store.load())),
    save(next, expectedRevision) {
      const saving = bounded("written", () => store.save(next, expectedRevision));
      lastSave = saving;
      return saving;
    },
    // A sign-out must not overtake a save.
    clear: () => lastSave.then(clear, clear),
  };
}
