import type { TokenSource } from "./auth.js";
import { checkRefreshOptions } from "./check-refresh-options.js";
import { RefreshableTokenSource } from "./refresh/refreshable-token-source.js";
import type { RefreshableTokenOptions } from "./refresh-options.js";
import type { Tokens } from "./tokens.js";

/** A {@link TokenSource} with methods to sign in and out. */
export interface RefreshableToken extends TokenSource {
  /**
   * Signs in: starts a new session with these tokens. A refresh that is under way for the old session ends. If the store cannot
   * save the tokens, they stay in memory until the next refresh tries again.
   *
   * @throws InvalidArgumentError if `tokens` is not a pair of tokens, if a call cannot send the access token, or if `expiresAt` is not
   * a date.
   */
  accept(tokens: Tokens): Promise<void>;
  /**
   * Signs out: drops the tokens and clears the store. Calls fail with `SignInAgainError` until the next `accept`, or with
   * `SessionChangedError` if somebody signs in elsewhere. Other tabs and processes notice it when they next need a new token. It
   * sends nothing to the server. Revoke the tokens there if they must not be used any more.
   *
   * @throws TokenStoreError if the store cannot be cleared. The tokens in memory are dropped even then.
   */
  clear(): Promise<void>;
}

/**
 * Creates a source of tokens that expire. It refreshes them before they expire. All waiting calls share one refresh, and so do all
 * tabs and processes that share the store.
 *
 * A failed refresh rejects all calls that wait for it. The next call tries again, after a wait that grows from a quarter of a
 * second to five seconds. Calls fail with
 *
 * - `SignInAgainError` if the session has ended;
 * - `SessionChangedError` if the store has the tokens of another sign-in;
 * - `TokenStoreError` if the store cannot be read;
 * - `NetworkError` if `refresh` got no response from its server, or not in time;
 * - `TokenRefreshError` if `refresh` fails in another way, or takes too long.
 *
 * @throws InvalidArgumentError if an option is wrong.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({
 *   refresh: async ({ refreshToken, signal }) => {
 *     const response = await fetch("/oauth/token", { method: "POST", body: JSON.stringify({ refreshToken }), signal });
 *     return await response.json(); // { accessToken, refreshToken, expiresAt }
 *   },
 *   store: webStorageStore(localStorage, "acme.tokens"),
 * });
 * const client = new VydonClient({ baseUrl, auth });
 * ```
 */
export function refreshableToken(options: RefreshableTokenOptions): RefreshableToken {
  return new RefreshableTokenSource(checkRefreshOptions(options));
}
