import { accountOf, toCaller } from "./members.js";
import type { OnaMemberRow, OnaTokenRow } from "./rows.js";
import type { Ona } from "./state.js";

/** A new personal access token. The server generates the fields that are left out. */
interface NewToken extends Pick<OnaTokenRow, "description" | "expiresAt" | "readOnly"> {
  readonly id?: string | undefined;
  /** The secret. */
  readonly token?: string | undefined;
}

/** Adds a personal access token of a user. Returns its secret. @throws Error if the id or the secret is taken. */
export function addToken(ona: Ona, member: OnaMemberRow, made: NewToken): string {
  const { state, sessions, ids, clock } = ona;
  const { id = ids.uuid(), description, expiresAt, readOnly } = made;
  const { token = newSecret(ona, accountOf(state, member).email) } = made;
  if (state.tokens.has(id)) throw new Error(`there is a token with the id ${id} already`);
  sessions.open(token, { ...toCaller(member), tokenId: id, readOnly }, expiresAt);
  state.tokens.insert({
    id,
    userId: member.userId,
    description,
    createdAt: clock.now(),
    expiresAt,
    lastUsed: null,
    readOnly,
  });
  return token;
}

/** Returns a new secret. After a reset, no other person gets the same one. */
export function newSecret({ ids }: Ona, email: string): string {
  return `gitpod_pat_${ids.token(40, email)}`;
}

/** Deletes a personal access token and its secret. */
export function deleteToken({ state, sessions }: Ona, { id, userId }: OnaTokenRow): void {
  for (const session of state.sessions.by("user", userId)) {
    if (session.who.kind === "user" && session.who.tokenId === id) sessions.revoke(session.id);
  }
  state.tokens.delete(id);
}

/** Revokes a secret. If it belongs to a personal access token, the token is deleted. */
export function revokeSecret(ona: Ona, secret: string): void {
  const who = ona.state.sessions.get(secret)?.who;
  const token = who?.kind === "user" ? ona.state.tokens.get(who.tokenId ?? "") : undefined;
  if (token !== undefined) deleteToken(ona, token);
  ona.sessions.revoke(secret);
}
