import { bool, type Json, objectOf, optional, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";
import { type OnaSubject, toSubject } from "./identity.js";

/** A personal access token, without its secret. */
export interface OnaPersonalAccessToken {
  /** UUID, for `tokens.get` and `tokens.delete`. */
  readonly id: string;
  /** UUID of the user that it stands for. */
  readonly userId: string;
  /** The purpose, in the words of the person who created the token. */
  readonly description: string;
  /** Who created it. Left out if the server does not return it. */
  readonly creator?: OnaSubject;
  /** When it was created. Left out if the server does not return it. */
  readonly createdAt?: Date;
  /** When it expires. Left out if the server does not return it. */
  readonly expiresAt?: Date;
  /** When a call was last made with it. Left out before the first one. */
  readonly lastUsed?: Date;
  /** Whether it can only read. */
  readonly readOnly: boolean;
}

/** @internal */
export function toToken(json: Json): OnaPersonalAccessToken {
  return {
    id: requiredString(json, "id"),
    userId: requiredString(json, "userId"),
    description: string(json, "description"),
    ...optional(json, "creator", objectOf(toSubject)),
    ...optional(json, "createdAt", date),
    ...optional(json, "expiresAt", date),
    ...optional(json, "lastUsed", date),
    readOnly: bool(json, "readOnly"),
  };
}
