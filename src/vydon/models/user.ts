import { type Json, requiredString } from "../../core/json/fields.js";

/** A user. The API returns only the id. */
export interface VydonUser {
  /** UUID. */
  readonly id: string;
}

/** @internal */
export function toUser(json: Json): VydonUser {
  return { id: requiredString(json, "userId") };
}
