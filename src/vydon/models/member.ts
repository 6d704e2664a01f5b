import type { AccountRoleJson } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { bool, type Json, list, object, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/**
 * A member's role. "unspecified" if the server runs without roles (RBAC), "unknown" for a role that is newer than this
 * version of the SDK.
 */
export type VydonAccountRole =
  | "unspecified"
  | "admin"
  | "job_developer"
  | "job_viewer"
  | "job_executor"
  | "unknown";

/** @internal */
export const accountRoles = enumNames<"ACCOUNT_ROLE_", AccountRoleJson>("ACCOUNT_ROLE_", {
  admin: 1,
  job_developer: 2,
  job_viewer: 3,
  job_executor: 4,
});

/** A role that a member can be assigned. */
export type VydonAssignableRole = Exclude<VydonAccountRole, "unspecified" | "unknown">;

/** A member of a team account. */
export interface VydonMember {
  /** UUID, for `members.remove` and `members.setRole`. */
  readonly userId: string;
  /** The user's name; empty if the user has none. */
  readonly name: string;
  /** URL of a picture; empty if the user has none. */
  readonly image: string;
  /** The user's email. */
  readonly email: string;
  /** "unspecified" if the server runs without roles (RBAC). */
  readonly role: VydonAccountRole;
}

/** @internal */
export function toMember(json: Json): VydonMember {
  return {
    userId: requiredString(json, "id"),
    name: string(json, "name"),
    image: string(json, "image"),
    email: string(json, "email"),
    role: accountRoles.read(json, "role"),
  };
}

/** @internal */
export function toMembers(json: Json): VydonMember[] {
  return list(json, "users", toMember);
}

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
