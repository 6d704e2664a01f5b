import { newJwt } from "../../engine/state/jwt.js";
import { timeAfter } from "../../engine/time/instant.js";
import { callerOf, findOrCreatePerson } from "../state/find-or-create.js";
import type { VydonRefreshTokenRow } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import { VydonIssuerError } from "./oauth-error.js";

/** The tokens of a sign-in or a refresh. */
export interface VydonTokens {
  /** The token for calls, in the form of a JWT. */
  readonly accessToken: string;
  /** The token for the next refresh. Left out by a refresh without rotation, because the previous one stays valid. */
  readonly refreshToken?: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The scope of a sign-in that requests no scope. */
export const defaultScope = "openid profile offline_access";

/** Returns whether a scope contains a word. */
export function hasScope(scope: string, word: string): boolean {
  return scope.split(" ").includes(word);
}

/** Issues the first refresh token of a new family. Returns it. */
export function startFamily(vydon: Vydon, email: string, scope: string): string {
  return addToken(vydon, { email, scope, familyId: vydon.ids.uuid() });
}

/**
 * Exchanges a refresh token for new tokens.
 *
 * @throws VydonIssuerError `invalid_grant` if it is unknown, revoked or expired, or if it was used before and its grace period is over.
 */
export function grantRefresh(vydon: Vydon, refreshToken: string): VydonTokens {
  const { state, clock, past, policy } = vydon;
  const known = state.refreshTokens.get(refreshToken);
  if (known === undefined) throw refusal(`the refresh token is not known${past.explain(refreshToken)}`);
  const token = state.refreshTokens.update(known.id, { uses: known.uses + 1 });
  if (token.revoked) throw refusal("the refresh token was revoked");
  if (token.expiresAt <= clock.now()) throw refusal("the refresh token has expired");
  refuseReuse(vydon, token);
  const access = issueAccess(vydon, token.email);
  if (!policy.rotate) return access;
  state.refreshTokens.update(token.id, { usedAt: token.usedAt ?? clock.now() });
  return { ...access, refreshToken: addToken(vydon, token) };
}

/** Revokes all refresh tokens of a family. Access tokens stay valid until they expire. */
export function revokeFamily({ state }: Vydon, familyId: string): void {
  for (const { id } of state.refreshTokens.by("family", familyId)) {
    state.refreshTokens.update(id, { revoked: true });
  }
}

/**
 * Issues an access token to the person with this email. The person need not be registered, and is created if there is
 * none.
 */
export function issueAccess(vydon: Vydon, email: string): VydonTokens {
  const { sessions, clock, ids, policy } = vydon;
  const identity = findOrCreatePerson(vydon, { email });
  const now = clock.now();
  const expiresAt = timeAfter(now, policy.accessTokenMs);
  const accessToken = newJwt(ids, identity, now, expiresAt);
  sessions.open(accessToken, callerOf(identity), expiresAt);
  return { accessToken, expiresAt };
}

/** @throws VydonIssuerError `invalid_grant` if the token was used before and its grace period is over. */
function refuseReuse(vydon: Vydon, { usedAt, familyId }: VydonRefreshTokenRow): void {
  const { graceMs, onReuse } = vydon.policy;
  if (usedAt === null || vydon.clock.now() < usedAt + graceMs) return;
  if (onReuse === "refuse") throw refusal("the refresh token was used before");
  revokeFamily(vydon, familyId);
  throw refusal("the refresh token was used before, so all tokens of its sign-in are revoked");
}

function addToken(
  { state, clock, ids, policy }: Vydon,
  { email, scope, familyId }: Pick<VydonRefreshTokenRow, "email" | "scope" | "familyId">,
): string {
  const issuedAt = clock.now();
  return state.refreshTokens.insert({
    id: `vydon_rt_${ids.token(40, email)}`,
    familyId,
    email,
    scope,
    issuedAt,
    expiresAt: timeAfter(issuedAt, policy.refreshTokenMs),
    usedAt: null,
    uses: 0,
    revoked: false,
  }).id;
}

function refusal(description: string): VydonIssuerError {
  return new VydonIssuerError("invalid_grant", description);
}
