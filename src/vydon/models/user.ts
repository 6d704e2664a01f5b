import { type Json, requiredString } from "../../core/json/fields.js";

/** A user, of whom only the id is known. */
export interface VydonUser {
  /** UUID. */
  readonly id: string;
}

/** @internal */
export function toUser(json: Json): VydonUser {
  return { id: requiredString(json, "userId") };
}
