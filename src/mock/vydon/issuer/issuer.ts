import type { VydonNextCalls } from "../controls/billing-controls.js";
import type { VydonTokens } from "./grants.js";
import type { VydonRefreshTokenRow } from "./rows.js";

/** The person who signs in at the issuer. */
export interface VydonIssuerSignIn {
  /** Their email. Letter case counts. */
  email: string;
}

/** The person who signs in on the issuer's page, and what the tokens are for. */
export interface VydonIssuerCode extends VydonIssuerSignIn {
  /** What the tokens are for. A refresh token needs `offline_access`. Default `openid profile offline_access`. */
  scope?: string;
}

/**
 * The identity provider of Vydon. It issues access tokens and refresh tokens. `createMockServer({ vydon: { issuer: … } })` sets how it
 * rotates refresh tokens. Its state belongs to the server: `fork`, `snapshot`, `restore` and `reset` include it, and its tokens expire by
 * the server's clock.
 */
export interface VydonIssuer {
  /**
   * The path of its OAuth 2 token endpoint, for a `POST` of a form with `grant_type=refresh_token` to `server.fetch` or to a
   * listener: `listener.url + server.vydon.issuer.tokenPath`.
   */
  readonly tokenPath: string;
  /**
   * Signs a user in. Returns an access token and the first refresh token of a new family.
   *
   * ```ts
   * const { issuer } = server.vydon;
   * const auth = refreshableToken({
   *   refresh: (request) => issuer.refresh(request),
   *   initial: issuer.signIn({ email: "ada@example.com" }),
   *   clock: server.clock,
   * });
   * ```
   */
  signIn(options: VydonIssuerSignIn): VydonTokens & {
    /** The token for the next refresh. */
    refreshToken: string;
  };
  /**
   * Signs a user in as the sign-in page does that `client.auth.authorizeUrl` leads to. Returns the code that the page sends to the
   * redirect URI. The code can be used once, within ten minutes. The page itself is served by `server.fetch` and by a listener. It asks for
   * no password, and with `&login_hint=EMAIL` in its address it redirects at once.
   *
   * ```ts
   * const code = server.vydon.issuer.code({ email: "ada@example.com" });
   * const tokens = await client.auth.login({ code, redirectUri: "http://127.0.0.1:4242/callback" });
   * ```
   */
  code(options: VydonIssuerCode): string;
  /**
   * Exchanges a refresh token for new tokens, as the token endpoint does, without HTTP.
   *
   * @throws VydonIssuerError `invalid_grant` if the refresh token is unknown, used, expired or revoked, and `invalid_request` if it is
   * missing.
   * @throws TypeError "fetch failed" if the response is lost: see {@link VydonIssuer.loseAnswers}.
   */
  refresh(request: { refreshToken: string | undefined }): Promise<VydonTokens>;
  /**
   * Loses the responses to the next refreshes. Each uses up its refresh token, and the new one never arrives: over HTTP the connection
   * breaks, {@link VydonIssuer.refresh} throws what `fetch` would, and `client.auth.refresh` fails with `unknown`, because the server does
   * not get the issuer's response. A refused refresh does not count.
   */
  loseAnswers(options?: VydonNextCalls): void;
  /** Revokes a refresh token and all others of its sign-in. Access tokens stay valid. @throws Error if the token is unknown. */
  revoke(refreshToken: string): void;
  /**
   * Returns all refresh tokens that were issued, oldest first, and how often each was used.
   *
   * ```ts
   * assert(server.vydon.issuer.refreshTokens().every(({ uses }) => uses <= 1));
   * ```
   */
  refreshTokens(): VydonRefreshTokenRow[];
  /** Returns a refresh token as the issuer stores it. @throws Error if the token is unknown. */
  refreshToken(refreshToken: string): VydonRefreshTokenRow;
}
