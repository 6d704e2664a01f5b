import type { VydonNextCalls } from "../state/countdown.js";
import type { VydonRefreshTokenRow } from "../state/rows.js";
import type { VydonTokens } from "./grants.js";

/** The person who signs in at the identity provider. */
export interface VydonIssuerSignIn {
  /** Their email. Each email is one user. Letter case counts. */
  email: string;
}

/** The person who signs in on the sign-in page, and the scope of the tokens. */
export interface VydonIssuerCode extends VydonIssuerSignIn {
  /**
   * The scope of the tokens: words separated by spaces. A refresh token needs `offline_access`, an id token needs `openid`. Default
   * `openid profile offline_access`.
   */
  scope?: string | undefined;
  /** The redirect URI that `client.auth.login` must pass. The sign-in page sets it. Default: any. */
  redirectUri?: string | undefined;
}

/**
 * The identity provider of Vydon. It issues access tokens and refresh tokens. `createMockServer({ vydon: { issuer: … } })` sets how it
 * treats refresh tokens. Its state is part of the server's: `fork`, `snapshot`, `restore` and `reset` include it. Its tokens expire by the
 * server's clock.
 */
export interface VydonIssuer {
  /**
   * The path of its OAuth 2 token endpoint. It accepts a `POST` of a form with `grant_type=refresh_token` and `refresh_token`, through
   * `server.fetch` or a listener: `listener.url + server.vydon.issuer.tokenPath`.
   */
  readonly tokenPath: string;
  /**
   * Signs a user in. Creates and registers the user if the email is new. Returns an access token and the first refresh token of a new
   * family.
   *
   * ```ts
   * const { issuer } = server.vydon;
   * const auth = refreshableToken({
   *   refresh: (request) => issuer.refresh(request),
   *   initial: issuer.signIn({ email: "ada@example.com" }),
   *   clock: server.clock,
   * });
   * ```
   *
   * @throws Error if an option is unknown or wrong.
   */
  signIn(options: VydonIssuerSignIn): VydonTokens & {
    /** The refresh token. */
    refreshToken: string;
  };
  /**
   * Signs a user in as the sign-in page of `client.auth.authorizeUrl` does, without the page. Returns the code that the page sends to the
   * redirect URI. The code can be used once, within ten minutes. `client.auth.login` does not register a new user: until the user calls
   * `client.users.register`, their other calls fail with `not_found`, as on the real server.
   *
   * `server.fetch` and a listener serve the page itself. It needs no password. With `&login_hint=EMAIL` in its URL, it redirects at once.
   *
   * ```ts
   * const code = server.vydon.issuer.code({ email: "ada@example.com" });
   * const tokens = await client.auth.login({ code, redirectUri: "http://127.0.0.1:4242/callback" });
   * ```
   *
   * @throws Error if an option is unknown or wrong.
   */
  code(options: VydonIssuerCode): string;
  /**
   * Exchanges a refresh token for new tokens, as the token endpoint does, without HTTP.
   *
   * @throws VydonIssuerError `invalid_grant` if the refresh token is unknown, used, expired or revoked, `invalid_request` if it is missing.
   * @throws TypeError "fetch failed" if the response is lost, see {@link VydonIssuer.loseResponses}.
   */
  refresh(request: {
    /** The refresh token to exchange. */
    refreshToken: string | undefined;
  }): Promise<VydonTokens>;
  /**
   * Loses the responses to the next refreshes. Each of these refreshes uses up its refresh token, and the new tokens never arrive. Over
   * HTTP, the connection breaks. {@link VydonIssuer.refresh} throws the error of `fetch`. `client.auth.refresh` fails with `unknown`,
   * because the server gets no response from the identity provider. A refresh that is refused does not count as one of them.
   *
   * @param options - how many responses to lose. Default: the next one.
   * @throws Error if an option is unknown or wrong.
   */
  loseResponses(options?: VydonNextCalls): void;
  /** Revokes a refresh token and all others of the same sign-in. Access tokens stay valid. @throws Error if the token is unknown. */
  revoke(refreshToken: string): void;
  /**
   * Returns all refresh tokens that were issued, oldest first, with the number of uses of each.
   *
   * ```ts
   * assert(server.vydon.issuer.refreshTokens().every(({ uses }) => uses <= 1));
   * ```
   */
  refreshTokens(): VydonRefreshTokenRow[];
  /** Returns a refresh token as the issuer stores it. @throws Error if the token is unknown. */
  refreshToken(refreshToken: string): VydonRefreshTokenRow;
}
