import { type Check, duration, flag, object, oneOf, optional } from "../../engine/check-json.js";
import { type Duration, toMs } from "../../engine/time/duration.js";

/**
 * The options of Vydon's identity provider for access tokens and refresh tokens. The default is strict rotation: each
 * refresh token can be used once.
 *
 * ```ts
 * createMockServer({ vydon: { issuer: { gracePeriod: "10s", onReuse: "revoke_family" } } });
 * ```
 */
export interface VydonIssuerOptions {
  /** Whether each refresh uses up its refresh token and returns a new one. Default true. If false, a refresh token stays valid. */
  rotate?: boolean | undefined;
  /** How long a refresh token is accepted after its first use, for callers that lost the response. Default 0: it is not accepted again. */
  gracePeriod?: Duration | undefined;
  /**
   * What happens if a refresh token is used again after the grace period. `"refuse"`, the default, refuses it. `"revoke_family"` also
   * revokes all refresh tokens of the same sign-in, because one of them may have been stolen.
   */
  onReuse?: "refuse" | "revoke_family" | undefined;
  /** How long an access token is valid. Default: an hour. Vydon accepts it for one more minute. */
  accessTokenLife?: Duration | undefined;
  /** How long a refresh token is valid. Default: 30 days. */
  refreshTokenLife?: Duration | undefined;
}

/** The settings of one issuer. Times are in milliseconds. */
export interface IssuerPolicy {
  readonly rotate: boolean;
  readonly graceMs: number;
  readonly onReuse: "refuse" | "revoke_family";
  readonly accessTokenMs: number;
  readonly refreshTokenMs: number;
}

/** Checks the options of an issuer. @throws Error with the path to the wrong value. */
export const checkIssuerOptions: Check<VydonIssuerOptions> = object({
  rotate: optional(flag),
  gracePeriod: optional(duration),
  onReuse: optional(oneOf(["refuse", "revoke_family"])),
  accessTokenLife: optional(duration),
  refreshTokenLife: optional(duration),
});

/** Returns the settings for these options. */
export function toPolicy({
  rotate = true,
  gracePeriod = 0,
  onReuse = "refuse",
  accessTokenLife = "1h",
  refreshTokenLife = "30d",
}: VydonIssuerOptions): IssuerPolicy {
  return {
    rotate,
    graceMs: toMs(gracePeriod),
    onReuse,
    accessTokenMs: toMs(accessTokenLife),
    refreshTokenMs: toMs(refreshTokenLife),
  };
}
