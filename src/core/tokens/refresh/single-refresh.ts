import type { Clock } from "../../call/clock.js";
import { newId } from "../new-id.js";
import { type BoundedStore, maxSaves } from "../stores/bounded-store.js";
import { haveSameTokens, type Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";
import type { CurrentTokens } from "./current-tokens.js";
import { isReplaced, type Step, type Unsaved } from "./next-step.js";
import { LateFailure, type RefreshCaller } from "./refresh-caller.js";
import { measureLife } from "./token-life.js";

/** The parts of a `SingleRefresh`. */
export interface SingleRefreshParts {
  readonly store: BoundedStore;
  readonly current: CurrentTokens;
  readonly caller: RefreshCaller;
  readonly clock: Clock;
  /** How long other sources wait for a refresh that was marked, in milliseconds. */
  readonly takeOverMs: number;
}

/** A store may take this long to save, in milliseconds. */
const slowestSaveMs = 1_000;

/** Makes one refresh: marks it in the store, calls `refresh`, and saves the new tokens in place of the old ones. */
export class SingleRefresh {
  readonly #parts: SingleRefreshParts;
  /** The number of refreshes whose new tokens are not saved yet. */
  #saving = 0;

  constructor(parts: SingleRefreshParts) {
    this.#parts = parts;
  }

  /**
   * Makes the refresh. Returns undefined if the current tokens are good now. Returns `step` if the store has changed
   * and must be read again.
   */
  async run(step: RefreshStep, signal: AbortSignal): Promise<Step | undefined> {
    const { store, caller, current, clock, takeOverMs } = this.#parts;
    const { old } = step;
    const { accessToken, refreshToken } = old?.tokens ?? {};
    caller.throwIfRefused(refreshToken);
    if (await caller.awaitLate(refreshToken, signal)) return step;
    const atStart = current.stored;
    let revision: string | undefined | false = step.expectedRevision;
    for (let saves = 0; saves < maxSaves; saves++) {
      const before: string | undefined = revision;
      const startedAt = clock.now();
      revision = await this.#mark(old, before);
      signal.throwIfAborted();
      // Another source has written, or the tokens of a late refresh have arrived.
      if (revision === false || this.#saving > 0 || current.stored !== atStart) return step;
      // After a stall, another process may have taken over, or may do so before this refresh is done.
      if (revision === before || clock.now() - startedAt <= takeOverMs / 2) break;
      // Other sources may take over sooner than this store saves, so another mark would not help.
      if (takeOverMs < slowestSaveMs) {
        if ((await store.load())?.revision !== revision) return step;
        break;
      }
    }
    const { unsaved } = current;
    const replaced = [old, ...(unsaved && unsaved.stored === old ? unsaved.replaced.slice(-1) : [])];
    // From now on these are the current tokens, even if another process has saved them.
    if (old && old !== current.stored) current.use(old);
    try {
      const isSaved = await caller.call({ accessToken, refreshToken, signal }, (tokens) => {
        this.#saving++;
        return this.#save(tokens, replaced, revision, signal).finally(() => this.#saving--);
      });
      return isSaved ? undefined : step;
    } catch (reason) {
      if (signal.aborted) throw reason;
      const found = await store.load().catch(() => undefined);
      // Another source has saved newer tokens.
      if (old && found && !isReplaced(found, { stored: old, replaced })) return step;
      // The tokens of a late refresh may still arrive. The mark stays until then.
      if (reason instanceof LateFailure) throw reason;
      await this.#unmark(old, revision);
      throw reason;
    }
  }

  /**
   * Marks in the store that a refresh starts, so that no other source uses the refresh token in the meantime.
   *
   * @returns the revision that the store has now; false if another source has written in the meantime.
   */
  async #mark(old: Stored | undefined, expected: string | undefined): Promise<string | undefined | false> {
    // An empty store has no refresh token that others could use.
    if (!old) return expected;
    const { store, current, clock } = this.#parts;
    const revision = current.ownMarkPrefix + newId();
    const marked: Stored = { ...old, revision, refreshStartedAt: clock.now() };
    if (!(await store.save(marked, expected).catch(() => false))) {
      // A store that cannot write must not end the session: the new tokens stay in memory. But after a stall, the write may
      // have succeeded, and another process may have taken over.
      const found = await store.load();
      if (found?.revision === expected) return expected;
      if (found?.revision !== revision) return false;
    }
    current.noteSaved(old);
    return revision;
  }

  /** Removes the mark of a refresh that has failed, so that no other source waits for it. */
  async #unmark(old: Stored | undefined, revision: string | undefined): Promise<void> {
    if (!old) return;
    const { refreshStartedAt: _, ...unmarked } = old;
    await this.#parts.store.save({ ...unmarked, revision: newId() }, revision).catch(() => {});
  }

  /**
   * Saves new tokens in place of the old ones. If the store cannot save them, they stay in memory.
   *
   * @param revision - the revision of the mark.
   * @returns false if another source has saved other tokens, or has signed out. In that case, the new ones are dropped.
   */
  async #save(
    tokens: StoredTokens,
    replaced: Unsaved["replaced"],
    revision: string | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { store, current, clock } = this.#parts;
    const [old] = replaced;
    const sessionId = old?.sessionId ?? newId();
    const next: Stored = { v: 1, tokens, revision: newId(), sessionId, ...measureLife(tokens, clock.now()) };
    let expected = revision;
    for (let saves = 0; saves < maxSaves && !signal.aborted; saves++) {
      try {
        if (await store.save(next, expected)) {
          if (!signal.aborted && haveSameTokens(current.stored, old)) current.useFresh(next);
          return true;
        }
        const found = await store.load();
        // If only the mark has changed, the tokens in the store are the used ones, and the new ones replace them.
        if (!isReplaced(found, { stored: next, replaced })) return false;
        expected = found?.revision;
      } catch {
        break;
      }
    }
    // The store has failed, or has refused every save.
    if (signal.aborted || !haveSameTokens(current.stored, old)) return false;
    current.useFresh(next, replaced);
    return true;
  }
}

type RefreshStep = Extract<Step, { kind: "refresh" }>;
