/** An error of OAuth 2's token endpoint (RFC 6749, 5.2). */
export type OAuthErrorCode = "invalid_request" | "invalid_grant" | "unsupported_grant_type";

/** What the issuer refuses a refresh with. Its fields are named as in the answer over HTTP. */
export class VydonIssuerError extends Error {
  /** Always "VydonIssuerError". */
  override readonly name = "VydonIssuerError";
  /** `invalid_grant` if the refresh token is unknown, used, expired or revoked: sign in again. */
  readonly error: OAuthErrorCode;
  /** Why, in words. */
  readonly error_description: string;
  /** The status over HTTP. */
  readonly status = 400;

  /** Made by the issuer. */
  constructor(error: OAuthErrorCode, description: string) {
    super(`${error}: ${description}`);
    this.error = error;
    this.error_description = description;
  }
}
