/**
 * The steps of a refresh:
 *
 * 1. `token()` checks when the access token in memory must be refreshed (`CurrentTokens`), and calls that wait share one
 *    refresh.
 * 2. `TokenRefresher` reads the store: if another process has saved new tokens, it uses them, and if another process is
 *    refreshing, it waits.
 * 3. Otherwise it takes the lock, reads the store again, and saves the mark `refreshStartedAt` in place of the revision that it
 *    has read; if that succeeds, no other process uses this refresh token (`SingleRefresh`).
 * 4. It calls the user's `refresh` (`RefreshCaller`), and saves the new tokens in place of the mark before a call uses them.
 * 5. If `refresh` fails, it removes the mark, and the next call tries again after a pause.
 */
import { within } from "../../call/abort.js";
import { type Clock, monotonicTime } from "../../call/clock.js";
import { invalidArgument } from "../../errors/invalid-argument.js";
import type { TokenSource } from "../auth.js";
import type { CheckedOptions } from "../check-refresh-options.js";
import { boundedStore } from "../stores/bounded-store.js";
import { readNewTokens, type StoredTokens, type Tokens } from "../tokens.js";
import { CurrentTokens } from "./current-tokens.js";
import { RefreshCaller } from "./refresh-caller.js";
import { SharedFailure, sessionChanged } from "./refresh-failure.js";
import { type SessionParts, startFromSignIn, startFromStore } from "./start-session.js";
import { TokenRefresher } from "./token-refresher.js";

const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/** The work between one sign-in and the next. */
class Session {
  /** Aborts at the next sign-in or sign-out. */
  readonly controller = new AbortController();
  /** The first read of the store. */
  starting: Promise<void> | undefined;
  refreshing: Promise<void> | undefined;
  /** The refused token that the refresh under way replaces. */
  replacing: string | undefined;
  failures = 0;
  /** The earliest time of the next refresh, by the monotonic clock. */
  retryAt = -Infinity;
}

/** The result of `refreshableToken`. All of its state is private, so that no log shows a token. */
export class RefreshableTokenSource implements TokenSource {
  readonly #initial: StoredTokens | undefined;
  readonly #clock: Clock;
  readonly #current: CurrentTokens;
  readonly #caller: RefreshCaller;
  readonly #parts: SessionParts;
  readonly #refresher: TokenRefresher;
  #session = new Session();
  /** The sign-in or sign-out that runs now. */
  #changing: Promise<void> = Promise.resolve();

  constructor(options: CheckedOptions) {
    const current = new CurrentTokens(options);
    const caller = new RefreshCaller(options);
    const store = boundedStore(options, current);
    this.#initial = options.initial;
    this.#clock = options.clock;
    this.#current = current;
    this.#caller = caller;
    this.#parts = { store, current, clock: options.clock };
    this.#refresher = new TokenRefresher({ ...options, store, current, caller });
  }

  async token({ signal, rejected, sent = rejected }: Parameters<TokenSource["token"]>[0]): Promise<string> {
    try {
      this.#caller.noteRequest();
      return await within({ signal, clock: this.#clock }, () => this.#token(rejected, sent));
    } catch (reason) {
      throw ownError(reason);
    }
  }

  async accept(tokens: Tokens): Promise<void> {
    const read = readNewTokens(tokens);
    if (typeof read === "string") throw invalidArgument("tokens", read);
    await this.#change(() => startFromSignIn(this.#parts, read));
  }

  async clear(): Promise<void> {
    try {
      await this.#change(async () => {
        const { current, store } = this.#parts;
        // Otherwise, the record in the store would count as another sign-in if it cannot be removed.
        if (current.sessionId === undefined) {
          current.sessionId = (await store.load().catch(() => undefined))?.sessionId;
        }
        current.signOut();
        await store.clear();
      });
    } catch (reason) {
      throw ownError(reason);
    }
  }

  async #token(rejected: string | undefined, sent: string | undefined): Promise<string> {
    for (;;) {
      const session = this.#session;
      try {
        const token = await this.#tokenOf(session, rejected, sent);
        if (token !== undefined && this.#session === session) return token;
      } catch (reason) {
        // After a sign-in, a call that has waited continues with the new tokens.
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
    const current = this.#current;
    await this.#changing.catch(() => {});
    await this.#start(session);
    const checkSent = () => {
      if (sent !== undefined && !current.isOfSession(sent)) throw sessionChanged();
    };
    checkSent();
    if (rejected !== undefined) current.noteRefused(rejected);
    const { need } = current;
    const isEarlier = session.refreshing !== undefined && session.replacing !== rejected;
    if (need === "now") {
      await this.#refresh(session).catch((reason) => {
        // If the store is down, the token is used until it expires.
        if (current.need === "now") throw reason;
      });
    } else if (need === "soon" && monotonicTime(this.#clock) >= session.retryAt) {
      this.#refresh(session).catch(() => {});
    }
    checkSent();
    const token = current.tokenForCall();
    // A refresh that began before may have returned the token that was refused.
    return isEarlier && token === rejected ? undefined : token;
  }

  /** Reads the store for the first time. After a failure, the next call reads it again. */
  async #start(session: Session): Promise<void> {
    if (this.#current.sessionId !== undefined) return;
    session.starting ??= startFromStore(this.#parts, this.#initial, session.controller.signal).finally(() => {
      session.starting = undefined;
    });
    await session.starting;
  }

  /** Refreshes the tokens. Concurrent calls share one refresh. */
  #refresh(session: Session): Promise<void> {
    if (session.refreshing) return session.refreshing;
    const { signal } = session.controller;
    session.replacing = this.#current.refused;
    session.refreshing = within({ signal, clock: this.#clock }, () =>
      this.#refreshAfterPause(session),
    ).finally(() => {
      session.refreshing = undefined;
    });
    return session.refreshing;
  }

  /** Refreshes the tokens after a pause, which grows with each failure: a server that is down gets few requests. */
  async #refreshAfterPause(session: Session): Promise<void> {
    const { signal } = session.controller;
    const pauseMs = session.retryAt - monotonicTime(this.#clock);
    if (pauseMs > 0) await this.#clock.sleep(pauseMs, signal);
    try {
      await this.#refresher.run(signal);
      session.failures = 0;
    } catch (reason) {
      // The session is over, so there is no request to delay.
      if (reason instanceof SharedFailure && reason.isFinal) throw reason;
      const nextPauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** session.failures++);
      session.retryAt = monotonicTime(this.#clock) + nextPauseMs;
      throw reason;
    }
  }

  /** Ends the work of the session. Signs in or out as soon as the previous change is done. */
  #change(work: () => Promise<void>): Promise<void> {
    this.#session.controller.abort(new Error("a sign-in or sign-out has ended the session"));
    this.#session = new Session();
    this.#changing = this.#changing.catch(() => {}).then(work);
    return this.#changing;
  }
}

/** Returns the error of one call. */
function ownError(reason: unknown): unknown {
  return reason instanceof SharedFailure ? reason.toError() : reason;
}
