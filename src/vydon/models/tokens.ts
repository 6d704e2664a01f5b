import { bool, type Json, optional, requiredString, string } from "../../core/json/fields.js";
import { int64 } from "../../core/json/numbers.js";

/** Whether a server asks for tokens. */
export interface VydonAuthStatus {
  /** False if the server ignores tokens and treats every caller as the same user. */
  readonly isEnabled: boolean;
}

/** @internal */
export function toAuthStatus(json: Json): VydonAuthStatus {
  return { isEnabled: bool(json, "isEnabled") };
}

/** The tokens of a sign-in or a refresh. `refreshableToken` takes them as `initial`, and in `accept`. */
export interface VydonIssuedTokens {
  /** The token that calls carry. */
  readonly accessToken: string;
  /**
   * The token that the next refresh uses. Most identity providers send one only if the scope has `offline_access`. Left out
   * by a refresh if the one before stays valid.
   */
  readonly refreshToken?: string;
  /** When the access token expires, by the client's clock. Left out if the server did not say it. */
  readonly expiresAt?: Date;
  /** What the tokens are for: names, separated by spaces. Empty if the server did not say it. */
  readonly scope: string;
  /** Who has signed in, as a JWT of OpenID Connect. */
  readonly idToken?: string;
  /** How the access token is sent: "Bearer". */
  readonly tokenType: string;
}

/**
 * @param now - in milliseconds since the Unix epoch.
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
    // Zero means that the identity provider sent no expiry. One that is too late for a Date counts as none.
    ...(seconds > 0 && expiresAt.getTime() > 0 && { expiresAt }),
  };
}
