import { yearMs } from "../../engine/time/duration.js";
import type { ApiKeyRow } from "./rows.js";
import type { Vydon } from "./state.js";

/** A new API key. A field that is left out is generated. */
interface NewApiKey {
  readonly accountId: string;
  /** Default: a name that no other key has. */
  readonly name?: string;
  /** The user who made it. Default: the key's own machine user. */
  readonly createdById?: string;
  /** The secret. */
  readonly token?: string | undefined;
  /** Milliseconds since 1970. Null for a key that never expires, which only a seed can make. */
  readonly expiresAt: number | null;
}

/** Makes an API key with a machine user of its own, who is not a member of the account. @throws Error if the token is taken. */
export function addApiKey(vydon: Vydon, key: NewApiKey): { key: ApiKeyRow; token: string } {
  const { state, ids, clock } = vydon;
  const userId = ids.uuid();
  const id = ids.uuid();
  const {
    accountId,
    expiresAt,
    name = `key-${id}`,
    createdById = userId,
    token = newApiKeyToken(vydon),
  } = key;
  openApiKey(vydon, { id, accountId, userId }, token, expiresAt);
  state.users.insert({ id: userId, email: "", name: "", image: "" });
  const now = clock.now();
  const row = {
    id,
    accountId,
    name,
    userId,
    createdById,
    updatedById: createdById,
    createdAt: now,
    updatedAt: now,
  };
  return { key: state.apiKeys.insert(row), token };
}

/** Gives a key a new secret and a new expiry. Revokes the old secret. */
export function renewApiKey(vydon: Vydon, key: ApiKeyRow, updatedById: string, expiresAt: number) {
  const { state, sessions } = vydon;
  const old = sessionOf(vydon, key.id);
  if (old !== undefined) sessions.revoke(old.id);
  const token = newApiKeyToken(vydon);
  openApiKey(vydon, key, token, expiresAt);
  // The real server does not change `updated_at` here, and lists the key last from now on.
  state.apiKeys.delete(key.id);
  return { key: state.apiKeys.insert({ ...key, updatedById }), token };
}

/** Deletes a key. Its machine user stays. */
export function deleteApiKey(vydon: Vydon, keyId: string): void {
  const session = sessionOf(vydon, keyId);
  if (session !== undefined) vydon.sessions.revoke(session.id);
  vydon.state.apiKeys.delete(keyId);
}

/** The session of a key's secret. Undefined if the secret was revoked. */
export function sessionOf({ state }: Vydon, keyId: string) {
  return state.sessions.by("key", keyId).find(({ who }) => who.kind === "api_key");
}

/** When a key expires, in milliseconds since 1970: for a key that never expires, in a hundred years, because the API has no other way. */
export function expiryOf(vydon: Vydon, { id, createdAt }: ApiKeyRow): number {
  const session = sessionOf(vydon, id);
  return session?.expiresAt ?? (session ? createdAt + 100 * yearMs : createdAt);
}

function openApiKey(
  { sessions }: Vydon,
  { id, accountId, userId }: Pick<ApiKeyRow, "id" | "accountId" | "userId">,
  token: string,
  expiresAt: number | null,
): void {
  sessions.open(token, { kind: "api_key", userId, accountId, keyId: id }, expiresAt);
}

function newApiKeyToken({ ids }: Vydon): string {
  return `neo_at_v1_${ids.uuid()}`;
}
