import { bool, type Json, optional, requiredString, string } from "../../core/json/fields.js";
import { int64 } from "../../core/json/numbers.js";

/** Whether a server requires tokens. */
export interface VydonAuthStatus {
  /** False if the server ignores tokens and treats every caller as the same user. */
  readonly isEnabled: boolean;
}

/** @internal */
export function toAuthStatus(json: Json): VydonAuthStatus {
  return { isEnabled: bool(json, "isEnabled") };
}

/** The tokens of a sign-in or a refresh. Pass them to `refreshableToken` as `initial`, or to its `accept`. */
export interface VydonIssuedTokens {
  /** The token to send with calls. */
  readonly accessToken: string;
  /**
   * The token for the next refresh. Most identity providers send one only if the scope contains `offline_access`. Left
   * out by a refresh if the old one stays valid.
   */
  readonly refreshToken?: string;
  /** When the access token expires, by the client's clock. Left out if the server sent no expiry. */
  readonly expiresAt?: Date;
  /** The OAuth scopes, separated by spaces. Empty if the server sent none. */
  readonly scope: string;
  /** The person who signed in, as a JWT of OpenID Connect. Left out if the server sent none. */
  readonly idToken?: string;
  /** How the access token is sent: "Bearer". */
  readonly tokenType: string;
}

/**
 * @param now - in milliseconds since 1970.
 * @internal
 */
export function toIssuedTokens(json: Json, now: number): VydonIssuedTokens {
  const seconds = int64(json, "expiresIn");
  const expiresAt = new Date(now + seconds * 1_000);
  return {
    accessToken: requiredString(json, "accessToken"),
    scope: string(json, "scope"),
    tokenType: string(json, "tokenType"),
    ...optional(json, "refreshToken", string),
    ...optional(json, "idToken", string),
    // Zero means that the identity provider sent no expiry. An expiry that is too late for a Date is ignored.
    ...(seconds > 0 && expiresAt.getTime() > 0 && { expiresAt }),
  };
}
