import { anyText, count, flag, nullable, number, object, text } from "../../engine/check-json.js";
import type { Entity } from "../../engine/state/tables.js";
import { checkCountdown } from "../state/countdown.js";

/** A refresh token. Points in time are milliseconds since 1970. */
export interface VydonRefreshTokenRow {
  /** The token itself. */
  readonly id: string;
  /** The same for all refresh tokens of one sign-in. */
  readonly familyId: string;
  /** The email of the user. */
  readonly email: string;
  /** When it was issued. */
  readonly issuedAt: number;
  /** When it expires. */
  readonly expiresAt: number;
  /** When it was first exchanged for new tokens. Null if it was not. */
  readonly usedAt: number | null;
  /** How often it was sent to the issuer, whether it was accepted or refused. */
  readonly uses: number;
  /** Whether it was revoked, alone or with its family. */
  readonly revoked: boolean;
}

/** A code from the sign-in page. It can be exchanged for tokens once. Points in time are milliseconds since 1970. */
export interface VydonCodeRow extends Entity {
  /** The email of the user who signed in. */
  readonly email: string;
  /** What the tokens are for: words separated by spaces. */
  readonly scope: string;
  readonly expiresAt: number;
  /** When it was exchanged. Null if it was not. */
  readonly usedAt: number | null;
}

/** The checks for the rows of the issuer's tables. */
export const issuerRowChecks = {
  refreshTokens: object<VydonRefreshTokenRow>({
    id: text,
    familyId: anyText,
    email: anyText,
    issuedAt: number,
    expiresAt: number,
    usedAt: nullable(number),
    uses: count,
    revoked: flag,
  }),
  codes: object<VydonCodeRow>({
    id: text,
    email: anyText,
    scope: anyText,
    expiresAt: number,
    usedAt: nullable(number),
  }),
  lostAnswers: checkCountdown,
};
