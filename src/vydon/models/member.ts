import type { AccountRoleJson } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, requiredString, string } from "../../core/json/fields.js";

/**
 * A member's role. "unspecified" if the server runs without roles (RBAC), or if the member has none, because it could not be
 * set. "unknown" for a role that is newer than this version of the SDK.
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
  /** "unspecified" if the server runs without roles (RBAC), or if the member has no role and so no permissions. */
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
