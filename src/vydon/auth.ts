import {
  checkToken,
  getAuthorizeUrl,
  getAuthStatus,
  loginCli,
  refreshCli,
} from "../../gen/mgmt/v1alpha1/auth_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { Clock } from "../core/call/clock.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredSecrets } from "../core/checks/arguments.js";
import { type Json, nothing, object, requiredString } from "../core/json/fields.js";
import {
  toAuthStatus,
  toIssuedTokens,
  type VydonAuthStatus,
  type VydonIssuedTokens,
} from "./models/tokens.js";

/**
 * The sign-in of people, by OAuth's authorization code: `client.auth`. All methods except `check` are called without
 * the client's token, so a refresh can use them. API keys need none of these methods.
 *
 * @example
 * ```ts
 * const signIn = new VydonClient({ baseUrl });
 * const auth = refreshableToken({ refresh: vydonRefresh(signIn) });
 * const client = new VydonClient({ baseUrl, auth });
 *
 * const tokens = await signIn.auth.login({ code, redirectUri });
 * await auth.accept(tokens);
 * await client.auth.check();
 * ```
 */
export class VydonAuth {
  readonly #call: Caller;
  readonly #callWithoutToken: Caller;
  readonly #clock: Clock;

  /** @internal */
  constructor(call: Caller, callWithoutToken: Caller, clock: Clock) {
    this.#call = call;
    this.#callWithoutToken = callWithoutToken;
    this.#clock = clock;
  }

  /** Returns whether the server requires tokens. Calls `GetAuthStatus`. */
  status(options?: CallOptions): ApiPromise<VydonAuthStatus> {
    return this.#callWithoutToken(getAuthStatus, () => ({}), toAuthStatus, options);
  }

  /**
   * Returns the URL of the page where the user signs in. From there, the identity provider redirects the browser to
   * `redirectUri`, with `code` and `state` in the query. Calls `GetAuthorizeUrl`.
   *
   * @returns the URL, to open in the browser.
   *
   * @example
   * ```ts
   * const state = crypto.randomUUID();
   * const scope = "openid profile offline_access";
   * location.href = await client.auth.authorizeUrl({ state, redirectUri, scope });
   * ```
   */
  authorizeUrl(
    request: {
      /**
       * A random string that cannot be guessed. Use the code only if the same string comes back. Otherwise an
       * attacker's link could sign the user in as the attacker.
       */
      state: string;
      /** The page to redirect the browser to. It must be registered with the identity provider. */
      redirectUri: string;
      /** The OAuth scopes, separated by spaces. With `offline_access`, the tokens include a refresh token. */
      scope: string;
    },
    options?: CallOptions,
  ): ApiPromise<string> {
    return this.#callWithoutToken(
      getAuthorizeUrl,
      () => {
        const { state, redirectUri, scope } = fieldsOf(request, "request");
        return required({ state, redirectUri, scope });
      },
      (json) => requiredString(json, "url"),
      options,
    );
  }

  /**
   * Exchanges the code of a sign-in for tokens. A code can be used once, so a failed call is retried only if the server
   * certainly did not act. Calls `LoginCli`.
   *
   * @throws UnauthenticatedError if the identity provider refuses the code: it is wrong, too old, or was used before.
   * @throws ApiError with the code `unknown` if the server gets no readable response from the identity provider. The
   * code may be used up.
   *
   * @example
   * ```ts
   * const tokens = await client.auth.login({ code, redirectUri });
   * await auth.accept(tokens); // of a refreshableToken
   * ```
   */
  login(
    signIn: {
      /** The `code` from the query of the redirect. */
      code: string;
      /** The same value as for `authorizeUrl`. */
      redirectUri: string;
    },
    options?: CallOptions,
  ): ApiPromise<VydonIssuedTokens> {
    return this.#callWithoutToken(
      loginCli,
      (secrets) => {
        const { code, redirectUri } = fieldsOf(signIn, "signIn");
        return { ...requiredSecrets({ code }, secrets), ...required({ redirectUri }) };
      },
      this.#toTokens,
      options,
    );
  }

  /**
   * Exchanges a refresh token for new tokens. Many identity providers accept each refresh token once, so a failed call
   * is retried only if the server certainly did not act. With `refreshableToken`, use `vydonRefresh`. Calls
   * `RefreshCli`.
   *
   * @returns the new tokens. If they include no refresh token, the old one stays valid.
   * @throws UnauthenticatedError if the identity provider refuses the token. The user has to sign in again.
   * @throws ApiError with the code `unknown` if the server gets no readable response from the identity provider. The
   * refresh token may be used up.
   */
  refresh(refreshToken: string, options?: CallOptions): ApiPromise<VydonIssuedTokens> {
    return this.#callWithoutToken(
      refreshCli,
      (secrets) => requiredSecrets({ refreshToken }, secrets),
      this.#toTokens,
      options,
    );
  }

  /**
   * Checks the client's token. Succeeds if it is valid and belongs to a person, registered or not. If the server
   * requires no tokens, the call always succeeds. For an API key, call `users.current` instead. Calls `CheckToken`.
   *
   * @throws UnauthenticatedError if the token is missing, an API key, or no longer valid.
   */
  check(options?: CallOptions): ApiPromise<void> {
    return this.#call(checkToken, () => ({}), nothing, options);
  }

  readonly #toTokens = (json: Json): VydonIssuedTokens =>
    object(json, "accessToken", (tokens) => toIssuedTokens(tokens, this.#clock.now()));
}
