import type { MembershipStatusJson } from "../../../gen/fam/v1/member_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, optional, requiredString, string, strings } from "../../core/json/fields.js";
import { int32, int64 } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";
import type { NumberedPage } from "../../core/lists/list-by-number.js";

/** Somebody in an account, in short. `members.search` returns the rest. */
export interface FamMember {
  /** ULID. */
  readonly userId: string;
  /** What they are to the account, such as "owner" or "admin". */
  readonly relations: readonly string[];
}

/** @internal */
export function toMember(json: Json): FamMember {
  return { userId: requiredString(json, "userId"), relations: strings(json, "relations") };
}

/** @internal */
export function toMembers(json: Json): FamMember[] {
  return list(json, "members", toMember);
}

/** How somebody belongs to an account: "active" for a member, the others for the state of an invitation. */
export type FamMembershipStatus =
  | "unspecified"
  | "invited"
  | "active"
  | "invitation_expired"
  | "invitation_revoked"
  | "unknown";

/** @internal */
export const membershipStatuses = enumNames<"MEMBERSHIP_STATUS_", MembershipStatusJson>(
  "MEMBERSHIP_STATUS_",
  { invited: 1, active: 2, invitation_expired: 3, invitation_revoked: 4 },
);

/** A status that can be searched for. */
export type FamSearchableStatus = Exclude<FamMembershipStatus, "unspecified" | "unknown">;

/** A member of an account, or somebody who was invited to be one. */
export interface FamAccountMember {
  /** ULID of this entry. */
  readonly id: string;
  /** ULID. */
  readonly accountId: string;
  /** "active" for a member; the others are states of an invitation. */
  readonly membershipStatus: FamMembershipStatus;
  /** ULID; empty for somebody who was invited and is not a user yet. */
  readonly userId: string;
  /** ULID; empty for a member who was not invited. */
  readonly invitationId: string;
  /** The member's address, or the one that was invited. */
  readonly email: string;
  /** Empty if it is not known. */
  readonly firstName: string;
  /** Empty if it is not known. */
  readonly lastName: string;
  /** What they are, or would be, to the account. */
  readonly relations: readonly string[];
  /** When the invitation expires. Left out if there is none. */
  readonly expiresAt?: Date;
  /** When the membership, or the invitation, was created. */
  readonly createdAt: Date;
  /** When the invitation was accepted. Left out if it was not, or there is none. */
  readonly acceptedAt?: Date;
}

/** @internal */
export function toAccountMember(json: Json): FamAccountMember {
  return {
    id: requiredString(json, "id"),
    accountId: requiredString(json, "accountId"),
    membershipStatus: membershipStatuses.read(json, "membershipStatus"),
    userId: string(json, "userId"),
    invitationId: string(json, "invitationId"),
    email: string(json, "email"),
    firstName: string(json, "firstName"),
    lastName: string(json, "lastName"),
    relations: strings(json, "relations"),
    createdAt: date(json, "createdAt"),
    ...optional(json, "expiresAt", date),
    ...optional(json, "acceptedAt", date),
  };
}

/** @internal */
export function toAccountMemberPage(json: Json): NumberedPage<FamAccountMember> {
  return {
    items: list(json, "members", toAccountMember),
    perPage: int32(json, "perPage"),
    total: int64(json, "totalResults"),
  };
}
