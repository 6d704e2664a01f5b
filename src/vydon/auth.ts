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
import { fieldsOf, required } from "../core/checks/arguments.js";
import { type Json, object, requiredString } from "../core/json/fields.js";
import {
  toAuthStatus,
  toIssuedTokens,
  type VydonAuthStatus,
  type VydonIssuedTokens,
} from "./models/tokens.js";

/**
 * Signing in as a person, by OAuth's authorization code: `client.auth`. All methods but `check` are called without the
 * client's token, so a refresh can use them. API keys need none of this.
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
export class VydonAuthentication {
  readonly #call: Caller;
  readonly #callWithoutToken: Caller;
  readonly #clock: Clock;

  /** @internal */
  constructor(call: Caller, callWithoutToken: Caller, clock: Clock) {
    this.#call = call;
    this.#callWithoutToken = callWithoutToken;
    this.#clock = clock;
  }

  /** Whether the server asks for tokens at all. Calls `GetAuthStatus`. */
  status(options?: CallOptions): ApiPromise<VydonAuthStatus> {
    return this.#callWithoutToken(getAuthStatus, () => ({}), toAuthStatus, options);
  }

  /**
   * The page on which somebody signs in. From there the identity provider sends the browser to `redirectUri`, with `code` and
   * `state` in the query. Calls `GetAuthorizeUrl`.
   *
   * @returns a URL to open in the browser.
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
       * A random string that nobody can guess. Use the code only if the same string comes back. Otherwise a link of somebody
       * else's could sign the user in as them.
       */
      state: string;
      /** Where the browser goes afterwards. The identity provider must know it. */
      redirectUri: string;
      /** What the tokens are for: names, separated by spaces. With `offline_access` there is a refresh token. */
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
   * Exchanges the code of a sign-in for tokens. A code can be used once, so the call is not repeated after a failure unless
   * it is sure that the server did not act. Calls `LoginCli`.
   *
   * @throws UnauthenticatedError if the identity provider refuses the code: it is wrong, too old, or was used before.
   *
   * @example
   * ```ts
   * const tokens = await client.auth.login({ code, redirectUri });
   * await auth.accept(tokens); // of a refreshableToken
   * ```
   */
  login(
    signIn: {
      /** The `code` that the identity provider has sent the browser back with. */
      code: string;
      /** The same as for `authorizeUrl`. */
      redirectUri: string;
    },
    options?: CallOptions,
  ): ApiPromise<VydonIssuedTokens> {
    return this.#callWithoutToken(
      loginCli,
      (secrets) => {
        const { code, redirectUri } = fieldsOf(signIn, "signIn");
        const request = required({ code, redirectUri });
        secrets.push(code);
        return request;
      },
      this.#toTokens,
      options,
    );
  }

  /**
   * Exchanges a refresh token for new tokens. Many identity providers accept each refresh token once, so the call is not
   * repeated after a failure unless it is sure that the server did not act. For `refreshableToken` there is `vydonRefresh`.
   * Calls `RefreshCli`.
   *
   * @returns the new tokens. If there is no refresh token among them, the one before stays valid.
   * @throws UnauthenticatedError if the identity provider refuses the token. Somebody has to sign in again.
   */
  refresh(refreshToken: string, options?: CallOptions): ApiPromise<VydonIssuedTokens> {
    return this.#callWithoutToken(
      refreshCli,
      (secrets) => {
        const request = required({ refreshToken });
        secrets.push(refreshToken);
        return request;
      },
      this.#toTokens,
      options,
    );
  }

  /**
   * Succeeds if the client's token is valid and a person's, registered or not, or if the server asks for no tokens. For an
   * API key, call `users.current` instead. Calls `CheckToken`.
   *
   * @throws UnauthenticatedError if the token is missing, an API key, or no longer valid.
   */
  check(options?: CallOptions): ApiPromise<void> {
    return this.#call(
      checkToken,
      () => ({}),
      () => {},
      options,
    );
  }

  readonly #toTokens = (json: Json): VydonIssuedTokens =>
    object(json, "accessToken", (tokens) => toIssuedTokens(tokens, this.#clock.now()));
}
