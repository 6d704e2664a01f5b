import { newJwt } from "../../engine/state/jwt.js";
import { toMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import type { FamUserRow } from "./rows.js";
import type { Fam } from "./state.js";

/** A pair of tokens of a user. */
export interface FamTokens {
  /** The token for calls. */
  readonly accessToken: string;
  /** The token for the next pair. It can be used once, within 30 days. */
  readonly refreshToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** How long a refresh token is valid. */
const refreshTokenMs = toMs("30d");

/** Issues a pair of tokens to a user. The access token is valid for `lifeMs` milliseconds. */
export function issueTokens(fam: Fam, user: FamUserRow, lifeMs = fam.accessTokenMs): FamTokens {
  const { state, sessions, clock, ids } = fam;
  const { id: userId, email, firstName, lastName } = user;
  const now = clock.now();
  const expiresAt = timeAfter(now, lifeMs);
  const subject = { id: userId, email, name: `${firstName} ${lastName}`.trim() };
  const accessToken = newJwt(ids, subject, now, expiresAt);
  const refreshToken = `fam_rt_${ids.token(40, email)}`;
  sessions.open(accessToken, { kind: "user", userId }, expiresAt);
  state.refreshTokens.insert({ id: refreshToken, userId, expiresAt: timeAfter(now, refreshTokenMs) });
  return { accessToken, refreshToken, expiresAt };
}
