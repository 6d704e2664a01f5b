import { type Json, list, object, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** A key for programs that act as an admin of one account. Only {@link VydonIssuedApiKey} contains its value. */
export interface VydonApiKey {
  /** UUID, for `apiKeys.get`, `apiKeys.regenerate` and `apiKeys.delete`. It is not a secret. */
  readonly id: string;
  /** Unique within the account. */
  readonly name: string;
  /** UUID of the account that the key is for. */
  readonly accountId: string;
  /** UUID of the user who created the key. */
  readonly createdById: string;
  /** When it was created. */
  readonly createdAt: Date;
  /** UUID of the user who created the key, or who regenerated it last. */
  readonly updatedById: string;
  /** When it last changed. `apiKeys.regenerate` does not count. */
  readonly updatedAt: Date;
  /** UUID of the machine user who makes the key's calls. `members.list` does not contain it. */
  readonly userId: string;
  /** When the key expires. Calls with it then fail with `UnauthenticatedError`. The key stays in the list. */
  readonly expiresAt: Date;
}

/** A key that was just created, or that has a new value. */
export interface VydonIssuedApiKey extends VydonApiKey {
  /** The secret to pass to a client as `auth`. Keep it: the server does not send it again. */
  readonly keyValue: string;
}

function toApiKey(json: Json): VydonApiKey {
  return {
    id: requiredString(json, "id"),
    name: string(json, "name"),
    accountId: requiredString(json, "accountId"),
    createdById: requiredString(json, "createdById"),
    createdAt: date(json, "createdAt"),
    updatedById: requiredString(json, "updatedById"),
    updatedAt: date(json, "updatedAt"),
    userId: requiredString(json, "userId"),
    expiresAt: date(json, "expiresAt"),
  };
}

function toIssuedApiKey(json: Json): VydonIssuedApiKey {
  return { ...toApiKey(json), keyValue: requiredString(json, "keyValue") };
}

/** @internal */
export function toApiKeys(json: Json): VydonApiKey[] {
  return list(json, "apiKeys", toApiKey);
}

/** Reads the `apiKey` of a response. @internal */
export function inApiKey(json: Json): VydonApiKey {
  return object(json, "apiKey", toApiKey);
}

/** Reads the `apiKey` of a response, with its `keyValue`. @internal */
export function inIssuedApiKey(json: Json): VydonIssuedApiKey {
  return object(json, "apiKey", toIssuedApiKey);
}
