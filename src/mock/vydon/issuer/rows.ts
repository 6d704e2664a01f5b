import { anyText, count, flag, nullable, object, text, time } from "../../engine/check-json.js";
import type { Entity } from "../../engine/state/tables.js";
import { checkCountdown } from "../state/countdown.js";

/** A refresh token, as the identity provider stores it. Points in time are milliseconds since 1970. */
export interface VydonRefreshTokenRow {
  /** The token itself. */
  readonly id: string;
  /** The id of its family: all refresh tokens of one sign-in. */
  readonly familyId: string;
  /** The email of the user. */
  readonly email: string;
  /** The scope of the sign-in: words separated by spaces. A refresh returns it again. */
  readonly scope: string;
  /** When it was issued. */
  readonly issuedAt: number;
  /** When it expires. */
  readonly expiresAt: number;
  /** When it was first exchanged for new tokens. Null if it has not been exchanged. */
  readonly usedAt: number | null;
  /** The number of times that it was sent to the identity provider, accepted or refused. */
  readonly uses: number;
  /** Whether it was revoked, alone or with its family. */
  readonly revoked: boolean;
}

/** A code from the sign-in page. `id` is the code. It can be exchanged for tokens once. */
export interface VydonCodeRow extends Entity {
  /** The email of the user who signed in. */
  readonly email: string;
  /** The scope of the tokens: words separated by spaces. */
  readonly scope: string;
  readonly expiresAt: number;
  /** When it was exchanged. Null if it has not been exchanged. */
  readonly usedAt: number | null;
}

/** The checks for the rows of the issuer's tables. */
export const issuerRowChecks = {
  refreshTokens: object<VydonRefreshTokenRow>({
    id: text,
    familyId: anyText,
    email: anyText,
    scope: anyText,
    issuedAt: time,
    expiresAt: time,
    usedAt: nullable(time),
    uses: count,
    revoked: flag,
  }),
  codes: object<VydonCodeRow>({
    id: text,
    email: anyText,
    scope: anyText,
    expiresAt: time,
    usedAt: nullable(time),
  }),
  lostResponses: checkCountdown,
};
