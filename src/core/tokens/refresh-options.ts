import type { Clock } from "../call/clock.js";
import type { TokenLock } from "./stores/token-lock.js";
import type { TokenStore } from "./stores/token-store.js";
import type { Tokens } from "./tokens.js";

/** Options of `refreshableToken`. */
export interface RefreshableTokenOptions {
  /**
   * Gets new tokens. If it returns no refresh token, the previous one stays in use. If it throws one of OAuth's errors
   * (`invalid_grant`, for example, in the error's text, in its `error` or `code`, or in an axios response), the calls fail with
   * `SignInAgainError`. Do not call a method that sends the token of this `refreshableToken`: the call would wait for the refresh,
   * and the refresh for the call.
   */
  readonly refresh: Refresh;
  /**
   * The tokens to begin with. Default: none. If the store has tokens too, the initial ones are used only if they belong to another session
   * and expire later. If neither has tokens, the first call refreshes.
   */
  readonly initial?: Tokens | undefined;
  /**
   * Where tokens are kept, so that they outlive the program. New tokens are saved before the first call uses them. Default:
   * in memory.
   */
  readonly store?: TokenStore | undefined;
  /**
   * If a token has less than this left, in milliseconds, calls still use it while it is refreshed in the background. Default
   * 120 000. It is at most half of the token's life.
   */
  readonly advisoryMs?: number | undefined;
  /**
   * If a token has less than this left, in milliseconds, calls wait for the refresh. Default 30 000. It is at most a quarter of
   * the token's life.
   */
  readonly mandatoryMs?: number | undefined;
  /**
   * How long calls wait for a refresh, for the lock, and for each operation of the store, in milliseconds, at least 1. Default
   * 30 000; Infinity, or more than 2 147 483 647 (24 days), for no limit. If a refresh takes longer, its tokens are still kept
   * when they arrive.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long to wait, in milliseconds, before the refresh token of an unfinished refresh is sent again. Default 30 000. A refresh
   * is unfinished if its process was killed or stalls, or if its server is slow. After the wait, one process after another sends
   * the token, each at most once.
   */
  readonly takeOverMs?: number | undefined;
  /**
   * Whether calls use the tokens of the latest sign-in, even if that was another user's. Default false: if the store has the
   * tokens of another sign-in, calls fail with `SessionChangedError`, because they might act as another user. Set it for
   * processes that all work for the same account. A call that was already sent is never retried with another session's
   * token.
   */
  readonly followSignIns?: boolean | undefined;
  /** The clock. In tests, pass the mock server's `server.clock`. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /**
   * Keeps other processes from refreshing the same tokens. Default: the store's own lock. If the store has no lock, Web Locks in
   * a browser.
   */
  readonly lock?: TokenLock | undefined;
}

/** The argument of `refresh`. */
export interface RefreshRequest {
  /** The refresh token to send. Undefined if there is none yet. */
  readonly refreshToken: string | undefined;
  /** The access token to replace. Undefined if there is none yet. */
  readonly accessToken: string | undefined;
  /**
   * Aborts at a sign-in or sign-out, because the tokens are then not needed any more. It does not abort after a time limit,
   * because the tokens of a refresh that was sent must not be lost.
   */
  readonly signal: AbortSignal;
}

/** Gets new tokens, and returns them. */
export type Refresh = (request: RefreshRequest) => Tokens | Promise<Tokens>;
