import { bool, type Json, list, object, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";
import { accountRoles, type VydonAccountRole } from "./member.js";

/** An invite to a team account. */
export interface VydonInvite {
  /** UUID, for `invites.remove`. */
  readonly id: string;
  /** UUID of the account that the invite is for. */
  readonly accountId: string;
  /** UUID of the user who sent the invite. */
  readonly senderUserId: string;
  /** The email of the invited person. Only a person with this email can accept the invite. */
  readonly email: string;
  /** The secret for `invites.accept`. */
  readonly token: string;
  /** Whether it was accepted. Always false in `invites.list`. */
  readonly accepted: boolean;
  /** When it was sent. */
  readonly createdAt: Date;
  /** When it last changed. */
  readonly updatedAt: Date;
  /** When it expires: 24 hours after its creation, or earlier if another invite to the same address replaced it. */
  readonly expiresAt: Date;
  /** The role of the new member. With "unspecified", the member becomes a `job_viewer`. */
  readonly role: VydonAccountRole;
}

/** @internal */
export function toInvite(json: Json): VydonInvite {
  return {
    id: requiredString(json, "id"),
    accountId: requiredString(json, "accountId"),
    senderUserId: requiredString(json, "senderUserId"),
    email: string(json, "email"),
    token: requiredString(json, "token"),
    accepted: bool(json, "accepted"),
    createdAt: date(json, "createdAt"),
    updatedAt: date(json, "updatedAt"),
    expiresAt: date(json, "expiresAt"),
    role: accountRoles.read(json, "role"),
  };
}

/** @internal */
export function toInvites(json: Json): VydonInvite[] {
  return list(json, "invites", toInvite);
}

/** Reads the `invite` of a response. @internal */
export function inInvite(json: Json): VydonInvite {
  return object(json, "invite", toInvite);
}
