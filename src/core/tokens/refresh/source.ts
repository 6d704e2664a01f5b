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
    this.#initial = options.initial;
    this.#clock = options.clock;
    this.#holdings = new Holdings(options);
    this.#sender = new RefreshSender(options);
    this.#store = boundedStore(options, () => this.#secrets);
    const [store, holdings, sender] = [this.#store, this.#holdings, this.#sender];
    this.#renewer = new Renewal({ ...options, store, holdings, sender });
  }

  async token({ signal, rejected, sent = rejected }: Parameters<TokenSource["token"]>[0]): Promise<string> {
    try {
      this.#sender.asked();
      return await within({ signal, clock: this.#clock }, () => this.#token(rejected, sent));
    } catch (reason) {
      throw ownError(reason);
    }
  }

  async accept(tokens: Tokens): Promise<void> {
    const read = readTokens(tokens);
    if (typeof read === "string") throw new InvalidArgumentError(`accept: what it was given ${read}`);
    await this.#change(() => this.#signIn(read));
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
    return [...secretsOf(this.#holdings.stored?.tokens), ...secretsOf(this.#initial)];
  }

  async #token(rejected: string | undefined, sent: string | undefined): Promise<string> {
    for (;;) {
      const session = this.#session;
      try {
        const token = await this.#tokenOf(session, rejected, sent);
        if (token !== undefined && this.#session === session) return token;
      } catch (reason) {
        // A call that has waited while somebody signed in goes on with the new tokens.
        if (this.#session === session) throw reason;
      }
    }
  }

  /** Returns undefined if the next try may find another token. */
  async #tokenOf(
    session: Session,
    rejected: string | undefined,
    sent: string | undefined,
  ): Promise<string | undefined> {
    const holdings = this.#holdings;
    await this.#changing.catch(() => {});
    await this.#open(session);
    const checkSent = () => {
      if (sent !== undefined && !holdings.isOwn(sent)) throw sessionChanged();
    };
    checkSent();
    if (rejected !== undefined) holdings.refuse(rejected);
    const { need } = holdings;
    const { renewal } = session;
    if (need === "now") await this.#renew(session);
    else if (need === "soon" && spanTime(this.#clock) >= session.retryAt)
      this.#renew(session).catch(() => {});
    checkSent();
    const token = holdings.handOut();
    // A renewal that was under way before may have brought the token that was refused.
    return renewal && token === rejected ? undefined : token;
  }

  /** Reads the store for the first time. A failure is not remembered. */
  async #open(session: Session): Promise<void> {
    if (this.#holdings.isBound) return;
    const { signal } = session.controller;
    session.opening ??= loadFirst(this.#store, this.#initial, this.#clock, signal)
      .then((found) => {
        if (found && !signal.aborted && !this.#holdings.isBound)
          this.#holdings.hold(found.stored, found.over);
      })
      .finally(() => {
        session.opening = undefined;
      });
    await session.opening;
  }

  /** Concurrent calls share one renewal. */
  #renew(session: Session): Promise<void> {
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
    // If the store cannot be read, it is likely to have the session before still.
    const { unsaved } = this.#holdings.memory;
    let replaced = unsaved ? unsaved.over.at(-1) : (this.#holdings.stored ?? null);
    try {
      for (let tries = 0; tries < mostTries; tries++) {
        replaced = await this.#store.load();
        if (await this.#store.save(next, replaced?.revision)) return this.#holdings.hold(next);
      }
    } catch {}
    // If the store has a third session by then, somebody has signed in later.
    this.#holdings.hold(next, [replaced]);
  }
}

/** The error of one call. */
function ownError(reason: unknown): unknown {
  return reason instanceof SharedFailure ? reason.toError() : reason;
}
