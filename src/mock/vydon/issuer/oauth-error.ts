/** An error code of OAuth 2's token endpoint (RFC 6749, section 5.2). */
export type VydonOAuthErrorCode = "invalid_request" | "invalid_grant" | "unsupported_grant_type";

/** An error of the identity provider. `error` and `error_description` are the fields of the HTTP response. */
export class VydonIssuerError extends Error {
  /** Always "VydonIssuerError". */
  override readonly name = "VydonIssuerError";
  /** The error code. `invalid_grant` if the refresh token is unknown, used, expired or revoked: the user must sign in again. */
  readonly error: VydonOAuthErrorCode;
  /** The reason, in words. */
  readonly error_description: string;
  /** The HTTP status. */
  readonly status = 400;

  /** Creates an error. The identity provider does this. */
  constructor(error: VydonOAuthErrorCode, description: string) {
    super(`${error}: ${description}`);
    this.error = error;
    this.error_description = description;
  }
}
