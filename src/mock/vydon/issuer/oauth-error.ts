/** An error of OAuth 2's token endpoint (RFC 6749, 5.2). */
export type VydonOAuthErrorCode = "invalid_request" | "invalid_grant" | "unsupported_grant_type";

/** The issuer's error. Its fields have the names that they have over HTTP. */
export class VydonIssuerError extends Error {
  /** Always "VydonIssuerError". */
  override readonly name = "VydonIssuerError";
  /** `invalid_grant` if the refresh token is unknown, used, expired or revoked: sign in again. */
  readonly error: VydonOAuthErrorCode;
  /** The reason, for people. */
  readonly error_description: string;
  /** The status over HTTP. */
  readonly status = 400;

  /** Made by the issuer. */
  constructor(error: VydonOAuthErrorCode, description: string) {
    super(`${error}: ${description}`);
    this.error = error;
    this.error_description = description;
  }
}
