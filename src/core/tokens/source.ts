import { within } from "../call/abort.js";
import { type Clock, spanTime } from "../call/clock.js";
import { InvalidArgumentError } from "../errors/errors.js";
import type { TokenSource } from "./auth.js";
import { type BoundedStore, boundedStore } from "./bounded-store.js";
import type { CheckedOptions } from "./check-refresh-options.js";
import { Holdings } from "./holdings.js";
import { mostTries } from "./marked-refresh.js";
import { newId } from "./new-id.js";
import { anyRevision } from "./next-step.js";
import { loadFirst } from "./open-store.js";
import { SharedFailure } from "./refresh-failure.js";
import { Renewal, sessionChanged } from "./renewal.js";
import { RefreshSender } from "./send-refresh.js";
import { learn } from "./token-life.js";
import { readTokens, type StoredTokens, type Tokens } from "./tokens.js";

const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/** What `refreshableToken` returns. All of its state is private, so that no log shows a token. */
export class RefreshableTokenSource implements TokenSource {
  readonly #initial: StoredTokens | undefined;
  readonly #clock: Clock;
  readonly #store: BoundedStore;
  readonly #holdings: Holdings;
  readonly #sender: RefreshSender;
  readonly #renewer: Renewal;
  /** Ends what is under way for a session when somebody signs in or out. */
  #session = new AbortController();
  #opening: Promise<void> | undefined;
  #renewal: Promise<void> | undefined;
  /** The sign-in or sign-out that runs now. */
  #changing: Promise<void> = Promise.resolve();
  #failures = 0;
  /** By the monotonic clock. */
  #retryAt = -Infinity;

  constructor(options: CheckedOptions) {
    const { refresh, initial, store, lock, clock, timeoutMs, takeOverMs, advisoryMs, mandatoryMs } = options;
    this.#initial = initial;
    this.#clock = clock;
    this.#holdings = new Holdings(clock, { advisoryMs, mandatoryMs }, options.followSignIns);
    this.#sender = new RefreshSender(refresh, clock, timeoutMs);
    this.#store = boundedStore(store, { clock, timeoutMs, secrets: () => this.#holdings.secrets });
    this.#renewer = new Renewal({
      store: this.#store,
      lock,
      holdings: this.#holdings,
      sender: this.#sender,
      clock,
      timeoutMs,
      takeOverMs,
    });
  }

  async token({ signal, rejected, sent = rejected }: Parameters<TokenSource["token"]>[0]): Promise<string> {
    try {
      this.#sender.asked();
      return await within({ signal, clock: this.#clock }, () => this.#token(rejected, sent));
    } catch (reason) {
      throw ownError(reason);
    }
  }

  accept(tokens: Tokens): Promise<void> {
    const read = readTokens(tokens);
    if (typeof read === "string") {
      return Promise.reject(new InvalidArgumentError(`accept: what it was given ${read}`));
    }
    return this.#change(() => this.#signIn(read));
  }

  async clear(): Promise<void> {
    try {
      await this.#change(() => {
        this.#holdings.end();
        return this.#store.clear();
      });
    } catch (reason) {
      throw ownError(reason);
    }
  }

  async #token(rejected: string | undefined, sent: string | undefined): Promise<string> {
    const holdings = this.#holdings;
    for (;;) {
      const { signal } = this.#session;
      await this.#changing.catch(() => {});
      await this.#open();
      if (sent !== undefined && !holdings.isOwn(sent)) throw sessionChanged();
      if (rejected !== undefined) holdings.refuse(rejected);
      const { need } = holdings;
      if (need === "now") {
        // Whoever has waited while somebody signed in goes on with the new tokens.
        await this.#renew().catch((reason) => {
          if (this.#session.signal === signal) throw reason;
        });
      } else if (need === "soon" && spanTime(this.#clock) >= this.#retryAt) this.#renew().catch(() => {});
      if (this.#session.signal !== signal) continue;
      if (sent !== undefined && !holdings.isOwn(sent)) throw sessionChanged();
      const token = holdings.handOut();
      if (token !== undefined) return token;
    }
  }

  /** Reads the store for the first time. A failure is not remembered. */
  async #open(): Promise<void> {
    if (this.#holdings.isBound) return;
    const { signal } = this.#session;
    this.#opening ??= loadFirst(this.#store, this.#initial, this.#clock)
      .then((found) => {
        if (found && !signal.aborted && !this.#holdings.isBound)
          this.#holdings.hold(found.stored, found.unsavedOver);
      })
      .finally(() => {
        this.#opening = undefined;
      });
    await this.#opening;
  }

  /** Concurrent calls share one renewal. */
  #renew(): Promise<void> {
    const { signal } = this.#session;
    this.#renewal ??= within({ signal, clock: this.#clock }, () => this.#renewInTurn(signal)).finally(() => {
      if (!signal.aborted) this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** After a failure there is a pause that grows, so that a server that is down is not asked at each call. */
  async #renewInTurn(signal: AbortSignal): Promise<void> {
    const pauseMs = this.#retryAt - spanTime(this.#clock);
    if (pauseMs > 0) await this.#clock.sleep(pauseMs, signal);
    try {
      await this.#renewer.run(signal);
      this.#failures = 0;
      this.#retryAt = -Infinity;
    } catch (reason) {
      // The pause is not for the next session.
      if (signal.aborted) throw reason;
      const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** this.#failures++);
      this.#retryAt = spanTime(this.#clock) + pauseMs;
      throw reason;
    }
  }

  /** Ends what is under way for the session, and signs in or out after whatever change came before. */
  #change(work: () => Promise<void>): Promise<void> {
    this.#session.abort(new Error("somebody has signed in or out"));
    this.#session = new AbortController();
    this.#opening = undefined;
    this.#renewal = undefined;
    this.#failures = 0;
    this.#retryAt = -Infinity;
    this.#changing = this.#changing.catch(() => {}).then(work);
    return this.#changing;
  }

  /** If the tokens cannot be stored now, they stay in memory. */
  async #signIn(tokens: StoredTokens): Promise<void> {
    const about = learn(tokens, this.#clock.now());
    const next = { v: 1, tokens, revision: newId(), sessionId: newId(), ...about } as const;
    try {
      for (let tries = 0; tries < mostTries; tries++) {
        const stored = await this.#store.load();
        if (await this.#store.save(next, stored?.revision)) return this.#holdings.hold(next);
      }
    } catch {}
    this.#holdings.hold(next, { revision: anyRevision });
  }
}

/** What one call fails with. */
function ownError(reason: unknown): unknown {
  return reason instanceof SharedFailure ? reason.toError() : reason;
}
