import { yearMs } from "../../engine/time/duration.js";
import { timeAfter } from "../../engine/time/instant.js";
import type { ApiKeyRow } from "./rows.js";
import type { Vydon } from "./state.js";

/** A new API key. The server generates the fields that are left out. */
interface NewApiKey {
  readonly accountId: string;
  /** The key's name. Default: a name that contains the key's id. */
  readonly name?: string | undefined;
  /** The user who created it. Default: the key's own user. */
  readonly createdById?: string;
  /** The secret. */
  readonly token?: string | undefined;
  /** Milliseconds since 1970. Null for a key that never expires. Only a seed can create one. */
  readonly expiresAt: number | null;
}

/**
 * Adds an API key with a user of its own, who is not a member of the account. Returns the key and its secret.
 *
 * @throws Error if the secret is taken.
 */
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

/** Replaces the secret and the expiry of a key. Revokes the old secret. */
export function renewApiKey(vydon: Vydon, key: ApiKeyRow, updatedById: string, expiresAt: number) {
  const { state, sessions } = vydon;
  const old = sessionOf(vydon, key.id);
  if (old !== undefined) sessions.revoke(old.id);
  const token = newApiKeyToken(vydon);
  openApiKey(vydon, key, token, expiresAt);
  // The real server does not change `updatedAt` here. Afterwards, it lists the key last.
  state.apiKeys.delete(key.id);
  return { key: state.apiKeys.insert({ ...key, updatedById }), token };
}

/** Deletes a key and its secret. Its user stays. */
export function deleteApiKey(vydon: Vydon, keyId: string): void {
  const session = sessionOf(vydon, keyId);
  if (session !== undefined) vydon.sessions.revoke(session.id);
  vydon.state.apiKeys.delete(keyId);
}

/** Checks whether an account has a key with this name. */
export function hasKeyNamed(state: Vydon["state"], accountId: string, name: string): boolean {
  return state.apiKeys.by("account", accountId).some((key) => key.name === name);
}

/** Returns the session of a key's secret. Undefined if the secret was revoked. */
export function sessionOf({ state }: Vydon, keyId: string) {
  return state.sessions.by("key", keyId)[0];
}

/**
 * Returns when a key expires, in milliseconds since 1970. For a key that never expires, returns a time in a hundred years, because the API
 * has no other way to express it. For a key whose secret was revoked, returns when the key was created.
 */
export function expiryOf(vydon: Vydon, { id, createdAt }: ApiKeyRow): number {
  const session = sessionOf(vydon, id);
  // The secret was revoked.
  if (session === undefined) return createdAt;
  return session.expiresAt ?? timeAfter(createdAt, 100 * yearMs);
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
