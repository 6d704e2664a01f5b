import { newJwt } from "../../engine/state/jwt.js";
import { Sessions } from "../../engine/state/sessions.js";
import { callerOf, enroll, identify } from "../state/find-or-create.js";
import type { Vydon } from "../state/state.js";
import { VydonIssuerError } from "./oauth-error.js";
import type { IssuerPolicy } from "./options.js";
import type { RefreshTokenRow } from "./rows.js";

/** Tokens that the issuer gave out. */
export interface VydonTokens {
  /** What calls are made with: a token in the shape of a JWT. */
  readonly accessToken: string;
  /** What gets the next tokens. Left out by a refresh without rotation: the one before stays good. */
  readonly refreshToken?: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Gives the first tokens of a new family to whoever has this email. Later grants, such as codes, begin here, too. */
export function grantTo(
  vydon: Vydon,
  policy: IssuerPolicy,
  email: string,
): VydonTokens & { refreshToken: string } {
  const identity = identify(vydon, { email });
  enroll(vydon, identity);
  return {
    ...issueAccess(vydon, policy, email),
    refreshToken: addToken(vydon, policy, email, vydon.ids.uuid()),
  };
}

/**
 * Trades a refresh token for new tokens.
 *
 * @throws VydonIssuerError `invalid_grant` if it is unknown, revoked, expired, or was used before and its grace period is over.
 */
export function grantRefresh(vydon: Vydon, policy: IssuerPolicy, refreshToken: string): VydonTokens {
  const { state, clock, past } = vydon;
  const known = state.refreshTokens.get(refreshToken);
  if (known === undefined) throw refusal(`the refresh token is not known${past.explain(refreshToken)}`);
  const token = state.refreshTokens.update(known.id, { uses: known.uses + 1 });
  if (token.revoked) throw refusal("the refresh token was revoked");
  if (token.expiresAt <= clock.now()) throw refusal("the refresh token has expired");
  refuseReuse(vydon, policy, token);
  const access = issueAccess(vydon, policy, token.email);
  if (!policy.rotate) return access;
  state.refreshTokens.update(token.id, { usedAt: token.usedAt ?? clock.now() });
  return { ...access, refreshToken: addToken(vydon, policy, token.email, token.familyId) };
}

function refuseReuse(
  { state, clock }: Vydon,
  { graceMs, onReuse }: IssuerPolicy,
  token: RefreshTokenRow,
): void {
  if (token.usedAt === null || clock.now() < token.usedAt + graceMs) return;
  if (onReuse === "refuse") throw refusal("the refresh token was used before");
  for (const { id } of state.refreshTokens.by("family", token.familyId)) {
    state.refreshTokens.update(id, { revoked: true });
  }
  throw refusal("the refresh token was used before, so all tokens of its sign-in are revoked");
}

function issueAccess(vydon: Vydon, { accessTokenMs }: IssuerPolicy, email: string): VydonTokens {
  const { state, clock, ids } = vydon;
  const identity = identify(vydon, { email });
  const now = clock.now();
  const expiresAt = now + accessTokenMs;
  const claims = { sub: identity.id, email, name: identity.name, iat: seconds(now), exp: seconds(expiresAt) };
  const accessToken = newJwt(ids, claims);
  new Sessions(state.sessions, clock).open(accessToken, callerOf(identity), expiresAt);
  return { accessToken, expiresAt };
}

function addToken(
  { state, clock, ids }: Vydon,
  { refreshTokenMs }: IssuerPolicy,
  email: string,
  familyId: string,
): string {
  const issuedAt = clock.now();
  return state.refreshTokens.insert({
    id: `vydon_rt_${ids.token(40, email)}`,
    familyId,
    email,
    issuedAt,
    expiresAt: issuedAt + refreshTokenMs,
    usedAt: null,
    uses: 0,
    revoked: false,
  }).id;
}

function refusal(description: string): VydonIssuerError {
  return new VydonIssuerError("invalid_grant", description);
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
