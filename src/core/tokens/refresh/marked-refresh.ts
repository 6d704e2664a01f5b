import type { Clock } from "../../call/clock.js";
import { newId } from "../new-id.js";
import type { BoundedStore } from "../stores/bounded-store.js";
import { haveSameTokens, type Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";
import type { Holdings } from "./holdings.js";
import { replaces, type Step, type Unsaved } from "./next-step.js";
import { LateFailure, type RefreshSender } from "./send-refresh.js";
import { learn } from "./token-life.js";

/** How often a compare-and-swap is tried while others write. Each failure means that another writer has succeeded. */
export const mostTries = 20;

/** What a refresh works with. */
export interface MarkedRefreshParts {
  readonly store: BoundedStore;
  readonly holdings: Holdings;
  readonly sender: RefreshSender;
  readonly clock: Clock;
  /** How long the others wait for a refresh that was marked, in milliseconds. */
  readonly takeOverMs: number;
}

/** Makes one refresh: marks it in the store, sends it, and saves its tokens. */
export class MarkedRefresh {
  readonly #parts: MarkedRefreshParts;
  /** How many refreshes have brought tokens that are not saved yet. */
  #keeping = 0;

  constructor(parts: MarkedRefreshParts) {
    this.#parts = parts;
  }

  /** Returns undefined if the tokens in memory are good now, else the step, which must be decided again. */
  async run(step: RefreshStep, signal: AbortSignal): Promise<Step | undefined> {
    const { store, sender, holdings, clock, takeOverMs } = this.#parts;
    const { from } = step;
    const { accessToken, refreshToken } = from?.tokens ?? {};
    sender.check(refreshToken);
    const held = holdings.stored;
    let mark: string | undefined | false = step.expected;
    for (let tries = 0; tries < mostTries; tries++) {
      const before: string | undefined = mark;
      const startedAt = clock.now();
      mark = await this.#mark(from, before);
      signal.throwIfAborted();
      // Somebody else has written, or the tokens of a late refresh have come.
      if (mark === false || this.#keeping > 0 || holdings.stored !== held) return step;
      // After a stall, another process may have taken over, or may do so before this refresh is done.
      if (mark === before || clock.now() - startedAt <= takeOverMs / 2) break;
    }
    const { unsaved } = holdings.memory;
    const over = [from, ...(unsaved && unsaved.stored === from ? unsaved.over.slice(-1) : [])];
    // From now on these tokens are in memory, even if another process has saved them.
    if (from && from !== holdings.stored) holdings.hold(from);
    try {
      const isKept = await sender.send({ accessToken, refreshToken, signal }, (tokens) =>
        this.#keep(tokens, over, mark, signal).finally(() => this.#keeping--),
      );
      return isKept ? undefined : step;
    } catch (reason) {
      if (signal.aborted) throw reason;
      const found = await store.load().catch(() => undefined);
      // Somebody else has saved newer tokens.
      if (from && found && !replaces({ stored: from, over }, found)) return step;
      // The tokens of a late refresh may still come. The mark stays until then.
      if (reason instanceof LateFailure) throw reason;
      await this.#unmark(from, mark);
      throw reason;
    }
  }

  /**
   * Writes into the store that a refresh starts, so that nobody else uses the refresh token meanwhile.
   *
   * @returns the revision that the store has now; false if somebody else has written in the meantime.
   */
  async #mark(from: Stored | undefined, expected: string | undefined): Promise<string | undefined | false> {
    // An empty store has no refresh token to keep others from.
    if (!from) return expected;
    const { store, holdings, clock } = this.#parts;
    const revision = holdings.memory.markPrefix + newId();
    try {
      if (!(await store.save({ ...from, revision, refreshStartedAt: clock.now() }, expected))) return false;
    } catch {
      // A store that cannot write must not end the session: the new tokens stay in memory. But after a stall, the write may
      // have succeeded, and another process may have taken over.
      const found = await store.load();
      if (found?.revision === expected) return expected;
      if (found?.revision !== revision) return false;
    }
    holdings.setSaved(from);
    return revision;
  }

  /** Removes the mark after a refresh that has failed, so that nobody waits for it. */
  async #unmark(from: Stored | undefined, mark: string | undefined): Promise<void> {
    if (!from) return;
    const { refreshStartedAt: _, ...unmarked } = from;
    await this.#parts.store.save({ ...unmarked, revision: newId() }, mark).catch(() => {});
  }

  /**
   * Saves new tokens in place of those that they were made with. If the store cannot save, they stay in memory.
   *
   * @returns false if somebody else has saved other tokens, or has signed out. The new ones are dropped then.
   */
  async #keep(
    tokens: StoredTokens,
    over: Unsaved["over"],
    mark: string | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    this.#keeping++;
    const { store, holdings, clock } = this.#parts;
    const [from] = over;
    const sessionId = from?.sessionId ?? newId();
    const next: Stored = { v: 1, tokens, revision: newId(), sessionId, ...learn(tokens, clock.now()) };
    let expected = mark;
    for (let tries = 0; tries < mostTries && !signal.aborted; tries++) {
      try {
        if (await store.save(next, expected)) {
          if (!signal.aborted && haveSameTokens(holdings.stored, from)) holdings.hold(next);
          return true;
        }
        const found = await store.load();
        // If only the mark is another one, the tokens in the store are used up, and ours replace them.
        if (!replaces({ stored: next, over }, found)) return false;
        expected = found?.revision;
      } catch {
        if (signal.aborted || !haveSameTokens(holdings.stored, from)) return false;
        holdings.hold(next, over);
        return true;
      }
    }
    return false;
  }
}

type RefreshStep = Extract<Step, { kind: "refresh" }>;
