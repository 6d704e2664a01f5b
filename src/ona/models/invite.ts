import { type Json, object, requiredString } from "../../core/json/fields.js";

/** An invite. Anybody who has it can join the organization. Each organization has one at a time. */
export interface OnaInvite {
  /** UUID, and a secret: whoever knows it can join. `invites.accept` and `invites.summary` take it. */
  readonly id: string;
}

/** @internal */
export function toInvite(json: Json): OnaInvite {
  return { id: requiredString(json, "inviteId") };
}

/** The `invite` of a response. @internal */
export function inInvite(json: Json): OnaInvite {
  return object(json, "invite", toInvite);
}
