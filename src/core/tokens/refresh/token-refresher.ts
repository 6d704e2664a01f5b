import { monotonicTime } from "../../call/clock.js";
import { exclusively } from "../stores/exclusively.js";
import type { TokenLock } from "../stores/token-lock.js";
import type { Stored } from "../stores/token-store.js";
import { nextStep, type Step } from "./next-step.js";
import { sessionChanged, signInAgain } from "./refresh-failure.js";
import { SingleRefresh, type SingleRefreshParts } from "./single-refresh.js";

/** How often a source checks whether another source's refresh is done, in milliseconds. */
const lookAgainMs = 250;

/** The parts of a `TokenRefresher`. */
export interface TokenRefresherParts extends SingleRefreshParts {
  readonly lock: TokenLock;
  readonly timeoutMs: number;
}

/** Replaces the current tokens: with tokens that another source has saved, or with new ones. */
export class TokenRefresher {
  readonly #parts: TokenRefresherParts;
  readonly #refresh: SingleRefresh;
  /** The last mark of another source's refresh, and when this source has read it first. */
  #foreignMark: { readonly revision: string; readonly since: number } | undefined;

  constructor(parts: TokenRefresherParts) {
    this.#parts = parts;
    this.#refresh = new SingleRefresh(parts);
  }

  /**
   * Resolves when the current tokens are good. Rejects with a `SharedFailure`.
   *
   * @param signal - aborts at a sign-in or sign-out.
   */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      let step = await this.#readStore(signal);
      if (step?.kind === "refresh") step = await this.#refreshUnderLock(signal);
      if (step === undefined) return;
      await this.#parts.clock.sleep(lookAgainMs, signal);
    }
  }

  /** Reads the store. Returns the next step; undefined if the store's tokens are good and have become the current ones. */
  async #readStore(signal: AbortSignal): Promise<Step | undefined> {
    const { store, current } = this.#parts;
    const before = current.stored;
    const stored = await store.load();
    signal.throwIfAborted();
    // Newer tokens have arrived during the read.
    if (current.stored !== before) return undefined;
    const step = nextStep(stored, current, (found) => this.#isUnderWay(found));
    if (step.kind === "signed-out")
      throw signInAgain("the session has ended with a sign-out", { isFinal: true });
    if (step.kind === "other-session") throw sessionChanged();
    if (step.kind !== "use") return step;
    current.use(step.stored);
    return undefined;
  }

  #refreshUnderLock(signal: AbortSignal): Promise<Step | undefined> {
    const { lock, clock, timeoutMs } = this.#parts;
    const look = () => this.#readStore(signal);
    return exclusively({ lock, clock, limitMs: timeoutMs, signal, look }, async () => {
      // Again, because another source may have refreshed during the wait for the lock.
      const step = await look();
      return step?.kind === "refresh" ? this.#refresh.run(step, signal) : step;
    });
  }

  /** Checks whether the refresh that is marked in the store may still succeed. */
  #isUnderWay({ revision, refreshStartedAt }: Stored): boolean {
    if (refreshStartedAt === undefined) return false;
    const { clock, takeOverMs } = this.#parts;
    if (this.#foreignMark?.revision !== revision)
      this.#foreignMark = { revision, since: monotonicTime(clock) };
    // A clock that is behind the writer's must not make the wait longer.
    const waitedMs = monotonicTime(clock) - this.#foreignMark.since;
    return Math.max(waitedMs, clock.now() - refreshStartedAt) < takeOverMs;
  }
}
