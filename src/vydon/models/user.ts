import { type Json, requiredString } from "../../core/json/fields.js";

/** A user, of whom only the id is known. */
export interface User {
  /** UUID. */
  readonly id: string;
}

/** @internal */
export function toUser(json: Json): User {
  return { id: requiredString(json, "userId") };
}
