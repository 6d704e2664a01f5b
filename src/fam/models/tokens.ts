import { type Json, requiredString } from "../../core/json/fields.js";

/** An access token and a refresh token. Both are secrets. */
export interface FamTokenPair {
  /** The token to send with calls. */
  readonly accessToken: string;
  /** The token for the next refresh. */
  readonly refreshToken: string;
}

/** @internal */
export function toTokenPair(json: Json): FamTokenPair {
  return {
    accessToken: requiredString(json, "accessToken"),
    refreshToken: requiredString(json, "refreshToken"),
  };
}
