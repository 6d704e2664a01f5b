import { spanTime } from "../../call/clock.js";
import { SessionChangedError } from "../../errors/token-errors.js";
import { exclusively } from "../stores/exclusively.js";
import type { TokenLock } from "../stores/token-lock.js";
import type { Stored } from "../stores/token-store.js";
import { MarkedRefresh, type MarkedRefreshParts } from "./marked-refresh.js";
import { nextStep, type Step } from "./next-step.js";
import { SharedFailure, signInAgain } from "./refresh-failure.js";

/** How often a source checks whether another source's refresh is done, in milliseconds. */
const lookAgainMs = 250;

/** What a renewal works with. */
export interface RenewalParts extends MarkedRefreshParts {
  readonly lock: TokenLock;
  readonly timeoutMs: number;
}

/** Gets good tokens: those that another source has saved, or new ones. */
export class Renewal {
  readonly #parts: RenewalParts;
  /** The last mark of another source's refresh, and when it was seen first. */
  #seenMark: { readonly revision: string; readonly since: number } | undefined;
  readonly #refresh: MarkedRefresh;

  constructor(parts: RenewalParts) {
    this.#parts = parts;
    this.#refresh = new MarkedRefresh(parts);
  }

  /**
   * Puts good tokens into the holdings, or rejects with a `SharedFailure`.
   *
   * @param signal - aborts when somebody signs in or out.
   */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      let step = await this.#look(signal);
      if (step?.kind === "refresh") step = await this.#exclusively(signal);
      signal.throwIfAborted();
      if (step === undefined) return;
      await this.#parts.clock.sleep(lookAgainMs, signal);
    }
  }

  /** Reads the store. Returns undefined if the tokens in memory are good now, else the next step. */
  async #look(signal: AbortSignal): Promise<Step | undefined> {
    const { store, holdings } = this.#parts;
    const held = holdings.stored;
    const stored = await store.load();
    signal.throwIfAborted();
    // What was read is older than what has come into memory meanwhile.
    if (holdings.stored !== held) return this.#look(signal);
    const step = nextStep(
      stored,
      holdings.memory,
      (found) => holdings.isGood(found),
      (found) => this.#isUnderWay(found),
    );
    if (step.kind === "signed-out") throw signInAgain("the session has ended: somebody has signed out");
    if (step.kind === "other-session") throw sessionChanged();
    if (step.kind !== "use") return step;
    holdings.hold(step.stored);
    return undefined;
  }

  #exclusively(signal: AbortSignal): Promise<Step | undefined> {
    const { lock, clock, timeoutMs } = this.#parts;
    const look = () => this.#look(signal);
    return exclusively({ lock, clock, limitMs: timeoutMs, signal, look }, async () => {
      // Again, because somebody else may have refreshed before we had the lock.
      const step = await look();
      return step?.kind === "refresh" ? this.#refresh.run(step, signal) : step;
    });
  }

  /** Whether the refresh that is marked in the store may still succeed. */
  #isUnderWay({ revision, refreshStartedAt }: Stored): boolean {
    if (refreshStartedAt === undefined) return false;
    const { clock, takeOverMs } = this.#parts;
    if (this.#seenMark?.revision !== revision) this.#seenMark = { revision, since: spanTime(clock) };
    // A clock that is behind the writer's must not make the wait longer.
    const waitedMs = spanTime(clock) - this.#seenMark.since;
    return Math.max(waitedMs, clock.now() - refreshStartedAt) < takeOverMs;
  }
}

/** The failure if somebody else has signed in. */
export function sessionChanged(): SharedFailure {
  return new SharedFailure(
    () =>
      new SessionChangedError(
        "somebody else has signed in: the store has another session's tokens. Start again for the new session.",
      ),
  );
}
