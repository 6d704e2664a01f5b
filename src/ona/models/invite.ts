import { type Json, object, requiredString } from "../../core/json/fields.js";

/** An invite to an organization. Anyone who has it can join. Each organization has one at a time. */
export interface OnaInvite {
  /** UUID, for `invites.accept` and `invites.summary`. It is a secret: anyone who has it can join. */
  readonly id: string;
}

/** @internal */
export function toInvite(json: Json): OnaInvite {
  return { id: requiredString(json, "inviteId") };
}

/** Reads the `invite` of a response. @internal */
export function inInvite(json: Json): OnaInvite {
  return object(json, "invite", toInvite);
}
