import type { Clock } from "../../call/clock.js";
import { newId } from "../new-id.js";
import type { BoundedStore } from "../stores/bounded-store.js";
import type { Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";
import type { Holdings } from "./holdings.js";
import type { Step } from "./next-step.js";
import { SharedFailure } from "./refresh-failure.js";
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
  /** The refresh token that the server has refused for good, and the failure. */
  #dead: { readonly refreshToken: string | undefined; readonly failure: SharedFailure } | undefined;

  constructor(parts: MarkedRefreshParts) {
    this.#parts = parts;
  }

  /** Returns undefined if the tokens in memory are good now, else the step, which must be decided again. */
  async run(step: RefreshStep, signal: AbortSignal): Promise<Step | undefined> {
    const { sender, holdings, clock, takeOverMs } = this.#parts;
    const { from, expected } = step;
    const { accessToken, refreshToken } = from?.tokens ?? {};
    if (this.#dead && refreshToken !== undefined && this.#dead.refreshToken === refreshToken) {
      throw this.#dead.failure;
    }
    const startedAt = clock.now();
    let mark = await this.#mark(from, expected);
    // After a stall, another process may have taken over, or may do so before this refresh is done.
    if (mark && mark.revision !== expected && clock.now() - startedAt > takeOverMs / 2) {
      mark = await this.#mark(from, mark.revision);
    }
    if (!mark) return step;
    signal.throwIfAborted();
    // From now on these tokens are in memory, even if another process has saved them.
    if (from && from !== holdings.stored) holdings.hold(from);
    try {
      const isKept = await sender.send({ accessToken, refreshToken, signal }, (tokens) =>
        this.#keep(tokens, from, mark, signal),
      );
      return isKept ? undefined : step;
    } catch (reason) {
      if (signal.aborted) throw reason;
      if (await this.#isReplaced(from)) return step;
      // The tokens of a late refresh may still come. The mark stays until then.
      if (reason instanceof LateFailure) throw reason;
      await this.#unmark(from, mark);
      if (reason instanceof SharedFailure && reason.isFinal) this.#dead = { refreshToken, failure: reason };
      throw reason;
    }
  }

  /**
   * Writes into the store that a refresh starts, so that nobody else uses the refresh token meanwhile.
   *
   * @returns the revision that the store has now; undefined if somebody else has written in the meantime.
   */
  async #mark(from: Stored | undefined, expected: string | undefined): Promise<Base | undefined> {
    // An empty store has no refresh token to keep others from.
    if (!from) return { revision: expected };
    const { store, holdings, clock } = this.#parts;
    const revision = newId();
    try {
      if (!(await store.save({ ...from, revision, refreshStartedAt: clock.now() }, expected)))
        return undefined;
    } catch {
      // A store that cannot write must not end the session: the new tokens stay in memory. But after a stall, the write may
      // have succeeded, and another process may have taken over.
      const found = await store.load();
      if (found?.revision === expected) return { revision: expected };
      if (found?.revision !== revision) return undefined;
    }
    holdings.setMarked(revision);
    return { revision };
  }

  /** Removes the mark after a refresh that has failed, so that nobody waits for it. */
  async #unmark(from: Stored | undefined, mark: Base): Promise<void> {
    if (!from || mark.revision === from.revision) return;
    const { refreshStartedAt: _, ...unmarked } = from;
    await this.#parts.store.save({ ...unmarked, revision: newId() }, mark.revision).catch(() => {});
  }

  /**
   * Saves new tokens in place of those that they were made with. If the store cannot save, they stay in memory.
   *
   * @returns false if somebody else has saved other tokens, or has signed out. The new ones are dropped then.
   */
  async #keep(
    tokens: StoredTokens,
    from: Stored | undefined,
    mark: Base,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { store, holdings, clock } = this.#parts;
    const sessionId = from?.sessionId ?? newId();
    const next: Stored = { v: 1, tokens, revision: newId(), sessionId, ...learn(tokens, clock.now()) };
    let expected = mark.revision;
    for (let tries = 0; tries < mostTries && !signal.aborted; tries++) {
      try {
        if (await store.save(next, expected)) {
          if (!signal.aborted) holdings.hold(next);
          return true;
        }
        const found = await store.load();
        // Only the mark is another one: the tokens in the store are used up, and ours replace them.
        if (!found || !haveSameTokens(found, from)) return false;
        expected = found.revision;
      } catch {
        if (signal.aborted || !haveSameTokens(holdings.stored, from)) return false;
        holdings.hold(next, { revision: expected });
        return true;
      }
    }
    return false;
  }

  /** Whether the store holds other tokens than those that a refresh was made with. */
  async #isReplaced(from: Stored | undefined): Promise<boolean> {
    const found = await this.#parts.store.load().catch(() => undefined);
    return found !== undefined && from !== undefined && !haveSameTokens(found, from);
  }
}

type RefreshStep = Extract<Step, { kind: "refresh" }>;

/** The revision that the store is expected to have. */
interface Base {
  readonly revision: string | undefined;
}

function haveSameTokens(a: Stored | undefined, b: Stored | undefined): boolean {
  return (
    a?.sessionId === b?.sessionId &&
    a?.tokens.accessToken === b?.tokens.accessToken &&
    a?.tokens.refreshToken === b?.tokens.refreshToken
  );
}
