import { type Clock, monotonicTime, systemClock } from "../../call/clock.js";
import { requiredText } from "../../checks/arguments.js";
import { checkOptions, clock as clockCheck } from "../../checks/check-options.js";
import { invalidArgument } from "../../errors/invalid-argument.js";
import { isRecord } from "../../json/fields.js";
import { parseJson } from "../../json/parse-json.js";
import { sharedSequence } from "./shared-sequence.js";
import { webLock } from "./token-lock.js";
import { parseStored, type TokenStore } from "./token-store.js";

/**
 * How long a tab waits to see what another one has written, in milliseconds. Usually it takes a few milliseconds, but far more
 * on an overloaded machine.
 */
const longestDelayMs = 1_500;
const lookAgainMs = 10;

/** How long a tab may take from the announcement of a save to its write, in milliseconds. Other tabs wait longer than this. */
const longestWriteMs = 500;

/**
 * Keeps tokens in `localStorage` or `sessionStorage` under `key`. Tabs that share the storage share one refresh, through Web
 * Locks. Without Web Locks (plain http) two tabs may both refresh. Any script of the page's origin can read the tokens.
 *
 * A server that renders the page has no storage, and a browser may block it: reading `localStorage` throws then, or there is none. Use
 * {@link memoryStore} in such a place.
 *
 * @throws InvalidArgumentError if there is no storage, or if the key or an option is wrong.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({ refresh, store: webStorageStore(localStorage, "acme.tokens") });
 * ```
 */
export function webStorageStore(
  // It does not use the type `Storage`, because a project without TypeScript's library `dom` does not have it.
  storage: {
    /** Returns the text under a key. Null if there is none. */
    getItem(key: string): string | null;
    /** Keeps a text under a key. */
    setItem(key: string, value: string): void;
  },
  key: string,
  options: {
    /** The clock, for tests. Default: the platform's. */
    readonly clock?: Clock | undefined;
  } = {},
): TokenStore {
  if (!storage?.setItem)
    throw invalidArgument(
      "storage",
      "must be localStorage or sessionStorage. Without one, use memoryStore()",
    );
  requiredText(key, "key");
  checkOptions(options, { clock: clockCheck }, "webStorageStore");
  const { clock = systemClock } = options;
  const name = `tenantry:${key}`;
  const shared = isLocalStorage(storage) ? sharedSequence(`${name}#`) : undefined;
  const saveLock = webLock(`${name}:save`, clock) ?? ((critical) => critical());

  /**
   * Returns the stored string as soon as it is as new as the newest save that a tab has announced.
   *
   * @param isAgain - whether this is the second try. The first wait took so long that this tab was frozen, and a frozen tab
   * may miss even old writes.
   */
  async function read(isAgain = false): Promise<{ text: string | null; sequence: number }> {
    const newest = (await shared?.newest()) ?? 0;
    const since = monotonicTime(clock);
    for (;;) {
      const text = readItem(storage, key);
      const sequence = sequenceIn(text);
      const waitedMs = monotonicTime(clock) - since;
      if (sequence >= newest || waitedMs >= longestDelayMs) {
        if (waitedMs > longestDelayMs + longestWriteMs && !isAgain) return read(true);
        return { text, sequence: Math.max(sequence, newest) };
      }
      await clock.sleep(lookAgainMs);
    }
  }

  /**
   * Writes if the stored string has the expected revision. A cleared store keeps its number, so that tabs see the change.
   * Starts again if another tab may have written in the meantime: a frozen tab loses its lock.
   */
  function replace(next: object, isExpected: (revision: string | undefined) => boolean): Promise<boolean> {
    return saveLock(async () => {
      for (let number = 0; ; ) {
        const { text, sequence } = await read();
        if (!isExpected(parseStored(text)?.revision)) return false;
        const since = monotonicTime(clock);
        // A number is never used twice, because other tabs wait for a number only once.
        number = Math.max(number, sequence) + 1;
        // The announcement comes before the write, so that no tab can miss the write.
        const finish = shared ? await shared.announce(number) : () => {};
        let isSaved = false;
        try {
          // The check and the write are one step, for tabs without Web Locks.
          const isCurrent = readItem(storage, key) === text && monotonicTime(clock) - since < longestWriteMs;
          if (finish && isCurrent) {
            storage.setItem(key, JSON.stringify({ ...next, sequence: number }));
            isSaved = true;
            return true;
          }
        } finally {
          // The storage may be full, or forbidden: no tab must wait for this write.
          finish?.(isSaved);
        }
        // A browser lists this number for a moment after its release, and `read` must not wait for it: another tab may take the
        // number then, and write at the end of that wait.
        if (shared) await clock.sleep(lookAgainMs);
      }
    }, new AbortController().signal);
  }

  return {
    name: `webStorageStore ${JSON.stringify(key)}`,
    load: async () => parseStored((await read()).text),
    save: (next, expectedRevision) => replace(next, (revision) => revision === expectedRevision),
    async clear() {
      await replace({}, () => true);
    },
    lock: webLock(name, clock),
  };
}

/** Checks whether tabs share a storage. Only then do changes arrive late. */
function isLocalStorage(storage: unknown): boolean {
  try {
    return "document" in globalThis && storage === globalThis.localStorage;
  } catch {
    return false;
  }
}

/** Returns the stored string; null if there is none, or if the browser forbids its storage. */
function readItem(storage: Pick<Storage, "getItem">, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function sequenceIn(text: string | null): number {
  const stored = parseJson(text ?? "");
  const sequence = isRecord(stored) ? Number(stored["sequence"]) : 0;
  // The user may have edited it. A number that is too large cannot be incremented.
  return sequence > 0 && sequence < 1e15 ? sequence : 0;
}
