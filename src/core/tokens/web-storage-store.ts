import { webLock, webLocks } from "./token-lock.js";
import { parseTokens, type TokenStore } from "./token-stores.js";

/** How long a tab waits for what another has written. It takes a few milliseconds, far more on a machine that is overloaded. */
const longestDelayMs = 1_500;
const lookAgainMs = 10;

/**
 * Keeps tokens in `localStorage` or `sessionStorage` under `key`. Tabs that share the storage share one refresh. Any script
 * of the page's origin can read them there.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({ refresh, store: webStorageStore(localStorage, "acme.tokens") });
 * ```
 */
export function webStorageStore(storage: Pick<Storage, "getItem" | "setItem">, key: string): TokenStore {
  const name = `tenantry:${key}`;
  const revisions = isLocalStorage(storage) ? sharedRevisions(`${name}#`) : undefined;
  const revisionStored = () => parseRevision(() => storage.getItem(key));
  return {
    async load() {
      const newest = (await revisions?.newest()) ?? 0;
      // By the clock, not by the number of looks: in a tab in the background a timer takes a second.
      const giveUpAt = performance.now() + longestDelayMs;
      while (revisionStored() < newest && performance.now() < giveUpAt) {
        await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      }
      return parseTokens(() => storage.getItem(key));
    },
    async save(tokens) {
      const revision = Math.max(revisionStored(), (await revisions?.newest()) ?? 0) + 1;
      // Before it is written, so that nobody can miss it afterwards.
      await revisions?.announce(revision);
      try {
        storage.setItem(key, JSON.stringify({ ...tokens, revision }));
      } catch (cause) {
        // The storage is full, or forbidden: nobody is to wait for what will not come.
        revisions?.withdraw();
        throw cause;
      }
    },
    lock: webLock(name),
  };
}

/**
 * A tab may have the lock before it sees what the last one has written: browsers carry `localStorage` from process to process
 * in their own time. What locks are held is known everywhere at once. So each revision is a lock too, held by the tab that
 * wrote it; nobody ever waits for one.
 */
function sharedRevisions(prefix: string) {
  const locks = webLocks();
  let release = () => {};
  return (
    locks && {
      /** The newest revision that a tab still open has written; 0 for none. */
      async newest(): Promise<number> {
        const { held = [] } = await locks.query();
        const names = held.map((lock) => lock.name ?? "").filter((name) => name.startsWith(prefix));
        return Math.max(0, ...names.map((name) => Number(name.slice(prefix.length))));
      },
      /** Resolves when all tabs can know of the revision. */
      announce(revision: number): Promise<void> {
        return new Promise((resolve, reject) => {
          const hold = () => {
            release();
            resolve();
            return new Promise<void>((end) => {
              release = end;
            });
          };
          locks.request(`${prefix}${revision}`, { mode: "shared" }, hold).catch(reject);
        });
      },
      withdraw: () => release(),
    }
  );
}

/** Only what tabs share comes late from one to another. */
function isLocalStorage(storage: unknown): boolean {
  try {
    return "document" in globalThis && storage === globalThis.localStorage;
  } catch {
    return false;
  }
}

function parseRevision(read: () => string | null): number {
  try {
    const stored: unknown = JSON.parse(read() ?? "null");
    return typeof stored === "object" && stored && "revision" in stored ? Number(stored.revision) || 0 : 0;
  } catch {
    return 0;
  }
}
