import { nameOf } from "../../engine/email.js";
import { newJwt } from "../../engine/state/jwt.js";
import { Sessions } from "../../engine/state/sessions.js";
import { type Fam, type UserRow, userBy } from "./state.js";

/** A pair of tokens that a user was given. */
export interface NewTokens {
  /** What calls are made with. */
  readonly accessToken: string;
  /** What gets another pair, once. */
  readonly refreshToken: string;
  /** When the access token lapses, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** How long a refresh token can be used. */
const refreshTokenMs = 30 * 24 * 3_600_000;

/** Who has this email, or somebody new. */
export function enroll(
  { state, clock, ids }: Fam,
  person: Pick<UserRow, "email"> & Partial<UserRow>,
): UserRow {
  const known = userBy(state, person.email);
  if (known !== undefined) return known;
  const [firstName = "", ...rest] = nameOf(person.email).split(" ");
  return state.users.insert({
    id: ids.ulid(clock.now()),
    firstName,
    lastName: rest.join(" "),
    rootPermissions: [],
    ...person,
  });
}

/** Gives a user a pair of tokens; the access token lasts for `lifeMs`. */
export function issueTokens(fam: Fam, user: UserRow, lifeMs = fam.accessTokenMs): NewTokens {
  const { state, clock, ids } = fam;
  const now = clock.now();
  const expiresAt = now + lifeMs;
  const accessToken = newJwt(ids, {
    sub: user.id,
    email: user.email,
    name: `${user.firstName} ${user.lastName}`.trim(),
    iat: Math.floor(now / 1_000),
    exp: Math.floor(expiresAt / 1_000),
  });
  const refreshToken = `fam_rt_${ids.token(40, user.email.toLowerCase())}`;
  new Sessions(state.sessions, clock).open(accessToken, { kind: "user", userId: user.id }, expiresAt);
  state.refreshTokens.insert({ id: refreshToken, userId: user.id, expiresAt: now + refreshTokenMs });
  return { accessToken, refreshToken, expiresAt };
}
