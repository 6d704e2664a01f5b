import { anyText, count, flag, nullable, number } from "../../engine/check-json.js";
import { row } from "../../engine/state/row-checks.js";
import type { Entity } from "../../engine/state/tables.js";

/** A refresh token; `id` is the token itself. Points in time are milliseconds since 1970. */
export interface RefreshTokenRow extends Entity {
  /** Shared by all refresh tokens that descend from one sign-in. */
  readonly familyId: string;
  /** Whose it is. */
  readonly email: string;
  /** When it was given out. */
  readonly issuedAt: number;
  /** When it expires. */
  readonly expiresAt: number;
  /** When it first got new tokens; null if it has not. */
  readonly usedAt: number | null;
  /** How often it was sent to the issuer, whether it was accepted or refused. */
  readonly uses: number;
  /** Whether it was revoked, alone or with its family. */
  readonly revoked: boolean;
}

/** How many of the issuer's next answers get lost; there is at most this one row. */
export interface LostAnswersRow extends Entity {
  readonly left: number;
}

/** What a row of the issuer's tables must look like. */
export const issuerRows = {
  refreshTokens: row<RefreshTokenRow>({
    familyId: anyText,
    email: anyText,
    issuedAt: number,
    expiresAt: number,
    usedAt: nullable(number),
    uses: count,
    revoked: flag,
  }),
  lostAnswers: row<LostAnswersRow>({ left: count }),
};
