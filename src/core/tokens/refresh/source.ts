import { within } from "../../call/abort.js";
import { type Clock, spanTime } from "../../call/clock.js";
import { InvalidArgumentError } from "../../errors/errors.js";
import type { TokenSource } from "../auth.js";
import type { CheckedOptions } from "../check-refresh-options.js";
import { newId } from "../new-id.js";
import { type BoundedStore, boundedStore } from "../stores/bounded-store.js";
import { readTokens, type StoredTokens, secretsOf, type Tokens } from "../tokens.js";
import { Holdings } from "./holdings.js";
import { loadFirst } from "./load-first.js";
import { mostTries } from "./marked-refresh.js";
import { anyRevision } from "./next-step.js";
import { SharedFailure } from "./refresh-failure.js";
import { Renewal, sessionChanged } from "./renewal.js";
import { RefreshSender } from "./send-refresh.js";
import { learn } from "./token-life.js";

const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/** What runs between one sign-in and the next. */
class Session {
  /** Ends it when somebody signs in or out. */
  readonly controller = new AbortController();
  /** The first read of the store. */
  opening: Promise<void> | undefined;
  renewal: Promise<void> | undefined;
  failures = 0;
  /** No renewal before this time, by the monotonic clock. */
  retryAt = -Infinity;
}

/** What `refreshableToken` returns. All of its state is private, so that no log shows a token. */
export class RefreshableTokenSource implements TokenSource {
  readonly #initial: StoredTokens | undefined;
  readonly #clock: Clock;
  readonly #store: BoundedStore;
  readonly #holdings: Holdings;
  readonly #sender: RefreshSender;
  readonly #renewer: Renewal;
  #session = new Session();
  /** The sign-in or sign-out that runs now. */
  #changing: Promise<void> = Promise.resolve();

  constructor(options: CheckedOptions) {
    const { refresh, initial, store, lock, clock, timeoutMs, takeOverMs, advisoryMs, mandatoryMs } = options;
    this.#initial = initial;
    this.#clock = clock;
    this.#holdings = new Holdings(clock, { advisoryMs, mandatoryMs }, options.followSignIns);
    this.#sender = new RefreshSender(refresh, clock, timeoutMs);
    this.#store = boundedStore(store, { clock, timeoutMs, secrets: () => this.#secrets });
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

  /** What errors must not show. The initial tokens go to the store before they are in the holdings. */
  get #secrets(): readonly string[] {
    return [...this.#holdings.secrets, ...secretsOf(this.#initial)];
  }

  async #token(rejected: string | undefined, sent: string | undefined): Promise<string> {
    const holdings = this.#holdings;
    for (;;) {
      const session = this.#session;
      await this.#changing.catch(() => {});
      await this.#open();
      if (sent !== undefined && !holdings.isOwn(sent)) throw sessionChanged();
      if (rejected !== undefined) holdings.refuse(rejected);
      const { need } = holdings;
      if (need === "now") {
        // A call that has waited while somebody signed in goes on with the new tokens.
        await this.#renew().catch((reason) => {
          if (this.#session === session) throw reason;
        });
      } else if (need === "soon" && spanTime(this.#clock) >= session.retryAt) this.#renew().catch(() => {});
      if (this.#session !== session) continue;
      if (sent !== undefined && !holdings.isOwn(sent)) throw sessionChanged();
      const token = holdings.handOut();
      if (token !== undefined) return token;
    }
  }

  /** Reads the store for the first time. A failure is not remembered. */
  async #open(): Promise<void> {
    if (this.#holdings.isBound) return;
    const session = this.#session;
    session.opening ??= loadFirst(this.#store, this.#initial, this.#clock)
      .then((found) => {
        if (found && this.#session === session && !this.#holdings.isBound)
          this.#holdings.hold(found.stored, found.unsavedOver);
      })
      .finally(() => {
        session.opening = undefined;
      });
    await session.opening;
  }

  /** Concurrent calls share one renewal. */
  #renew(): Promise<void> {
    const session = this.#session;
    const { signal } = session.controller;
    session.renewal ??= within({ signal, clock: this.#clock }, () => this.#renewInTurn(session)).finally(
      () => {
        session.renewal = undefined;
      },
    );
    return session.renewal;
  }

  /** After a failure there is a pause that grows, so that a server that is down is not asked at each call. */
  async #renewInTurn(session: Session): Promise<void> {
    const { signal } = session.controller;
    const pauseMs = session.retryAt - spanTime(this.#clock);
    if (pauseMs > 0) await this.#clock.sleep(pauseMs, signal);
    try {
      await this.#renewer.run(signal);
      session.failures = 0;
      session.retryAt = -Infinity;
    } catch (reason) {
      const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** session.failures++);
      session.retryAt = spanTime(this.#clock) + pauseMs;
      throw reason;
    }
  }

  /** Ends what runs for the session, and signs in or out after the change that came before. */
  #change(work: () => Promise<void>): Promise<void> {
    this.#session.controller.abort(new Error("somebody has signed in or out"));
    this.#session = new Session();
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

/** The error of one call. */
function ownError(reason: unknown): unknown {
  return reason instanceof SharedFailure ? reason.toError() : reason;
}
