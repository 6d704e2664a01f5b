import { type Check, duration, flag, object, oneOf, optional } from "../../engine/check-json.js";
import { type Duration, toMs } from "../../engine/time/duration.js";

/**
 * How the issuer of Vydon's user tokens treats refresh tokens. The default is strict rotation: each refresh token can be used once.
 *
 * ```ts
 * createMockServer({ vydon: { issuer: { gracePeriod: "10s", onReuse: "revoke_family" } } });
 * ```
 */
export interface VydonIssuerOptions {
  /** Whether each refresh returns a new refresh token and uses up the old one. Default true. If false, a refresh token stays valid. */
  rotate?: boolean;
  /** How long a refresh token is still accepted after its first use, for callers that lost the response. Default 0: not at all. */
  gracePeriod?: Duration;
  /**
   * What happens when a used refresh token comes after the grace period. `"refuse"`, the default, refuses it. `"revoke_family"` also
   * revokes all refresh tokens of the same sign-in, as if one of them had been stolen.
   */
  onReuse?: "refuse" | "revoke_family";
  /** How long an access token is valid. Default: an hour. Vydon accepts it for one more minute. */
  accessTokenLife?: Duration;
  /** How long a refresh token is valid. Default: 30 days. */
  refreshTokenLife?: Duration;
}

/** All settings of one issuer, in milliseconds. */
export interface IssuerPolicy {
  readonly rotate: boolean;
  readonly graceMs: number;
  readonly onReuse: "refuse" | "revoke_family";
  readonly accessTokenMs: number;
  readonly refreshTokenMs: number;
}

/** Checks the options of an issuer. @throws Error with the path to what is wrong. */
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
