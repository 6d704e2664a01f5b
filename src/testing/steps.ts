import type { Refresh } from "../core/tokens/refresh-options.js";
import type { TokenLock } from "../core/tokens/stores/token-lock.js";
import type { TokenStore } from "../core/tokens/stores/token-store.js";

/** The moments of a refresh at which a process may die or stall. */
export const refreshSteps = [
  "before the lock",
  "after the lock",
  "after refreshStartedAt",
  "after sending",
  "after the response",
  "after the save",
  "before the unlock",
] as const;

/** One of {@link refreshSteps}. */
export type RefreshStep = (typeof refreshSteps)[number];

/** The steps at which a process has sent the refresh token, but has not saved the new tokens. */
export const sentSteps: readonly RefreshStep[] = ["after sending", "after the response"];

/** A store and the `refresh` that fills it, for {@link withSteps}. */
export interface StoreAndRefresh {
  /** The store. */
  readonly store: TokenStore;
  /** The function that gets new tokens. */
  readonly refresh: Refresh;
}

/**
 * Wraps a store and a `refresh` so that each step of a refresh calls `reach` and waits for it.
 *
 * @param reach - called with the step. The refresh continues when its promise resolves.
 * @returns the wrapped store and `refresh`.
 *
 * @example
 * ```ts
 * const { store, refresh } = withSteps({ store: fileStore(path), refresh: requestTokens }, async (step) => console.log(step));
 * const auth = refreshableToken({ store, refresh });
 * ```
 */
export function withSteps(
  { store, refresh }: StoreAndRefresh,
  reach: (step: RefreshStep) => Promise<void>,
): StoreAndRefresh {
  const lock: TokenLock = store.lock?.bind(store) ?? ((critical) => critical());
  let hasTokens = false;
  return {
    store: {
      name: store.name,
      load: () => store.load(),
      clear: () => store.clear(),
      async save(next, expectedRevision) {
        const isSaved = await store.save(next, expectedRevision);
        if (isSaved && next.refreshStartedAt !== undefined) await reach("after refreshStartedAt");
        else if (isSaved && hasTokens) {
          // A later save is a sign-in.
          hasTokens = false;
          await reach("after the save");
        }
        return isSaved;
      },
      async lock(critical, signal) {
        await reach("before the lock");
        return lock(async () => {
          await reach("after the lock");
          const result = await critical();
          await reach("before the unlock");
          return result;
        }, signal);
      },
    },
    async refresh(request) {
      hasTokens = false;
      const response = Promise.resolve(refresh(request));
      // The `await` below throws its error.
      response.catch(() => {});
      await reach("after sending");
      const tokens = await response;
      await reach("after the response");
      hasTokens = true;
      return tokens;
    },
  };
}
