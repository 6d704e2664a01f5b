import { SignInAgainError } from "../core/errors/token-errors.js";
import type { Refresh } from "../core/tokens/refresh-options.js";
import type { VydonClient } from "./client.js";

/**
 * Returns the `refresh` option of `refreshableToken`, for Vydon and Neosync. It calls `client.auth.refresh`, which
 * needs no token, so any client works: a client for signing in, or the client that the tokens are for. If the server
 * sends no new refresh token, the old one is kept.
 *
 * If the server refuses the refresh token, or there is none, the calls that need a token fail with `SignInAgainError`.
 * If the server cannot be reached, the user stays signed in.
 *
 * @example
 * ```ts
 * const signIn = new VydonClient({ baseUrl });
 * const auth = refreshableToken({ refresh: vydonRefresh(signIn), store: webStorageStore(localStorage, "vydon") });
 * const client = new VydonClient({ baseUrl, auth });
 *
 * await auth.accept(await signIn.auth.login({ code, redirectUri }));
 * await client.users.current();
 * ```
 */
export function vydonRefresh(client: Pick<VydonClient, "auth">): Refresh {
  return async ({ refreshToken, signal }) => {
    if (!refreshToken) {
      throw new SignInAgainError(
        "there is no refresh token. Sign in again, and request the scope `offline_access`.",
      );
    }
    // No time limit: the server may have used up the old tokens, and then only a late response has tokens that work.
    const tokens = await client.auth.refresh(refreshToken, { signal, timeoutMs: 0 });
    return { ...tokens, refreshToken: tokens.refreshToken || refreshToken };
  };
}
