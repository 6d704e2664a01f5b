import { SignInAgainError } from "../core/errors/token-errors.js";
import type { Refresh } from "../core/tokens/refresh-options.js";
import type { OnaClient } from "./client.js";

/**
 * Returns the `refresh` option of `refreshableToken`, for Ona. It calls `client.identity.exchangeToken`, which needs no
 * token, so any client works: a client without `auth`, or the client that the tokens are for.
 *
 * If the server refuses the exchange token, or there is none, the calls that need a token fail with `SignInAgainError`.
 * If the server cannot be reached, the user stays signed in.
 *
 * @param exchangeToken - returns a new exchange token each time. Needed if a token can be exchanged only once, as on
 * the mock server. Default: the refresh token, each time.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({ refresh: onaExchange(new OnaClient(), () => askForExchangeToken()) });
 * const client = new OnaClient({ auth });
 * ```
 */
export function onaExchange(
  client: Pick<OnaClient, "identity">,
  exchangeToken?: () => string | Promise<string>,
): Refresh {
  return async ({ refreshToken, signal }) => {
    const token = exchangeToken ? await exchangeToken() : refreshToken;
    if (!token) {
      throw new SignInAgainError(
        "there is no exchange token. Sign in again, or pass a function to `onaExchange`.",
      );
    }
    // No time limit: the server may have used up the exchange token, and then only a late response has a token that
    // works.
    return client.identity.exchangeToken(token, { signal, timeoutMs: 0 });
  };
}
