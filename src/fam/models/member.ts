import type { MembershipStatusJson } from "../../../gen/fam/v1/member_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, optional, requiredString, string, strings } from "../../core/json/fields.js";
import { int32, int64 } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";
import type { NumberedPage } from "../../core/lists/list-by-number.js";

/** A member of an account, without name and email. `members.search` returns the name and the email too. */
export interface FamMember {
  /** ULID. */
  readonly userId: string;
  /** The member's relations to the account, such as "owner" or "admin". */
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

/**
 * The status of an entry: "active" for a member. The others are states of an invite; "unknown" is a status that is newer
 * than this version of the SDK.
 */
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

/** A status to search for. */
export type FamSearchableStatus = Exclude<FamMembershipStatus, "unspecified" | "unknown">;

/** A member of an account, or a person who is invited to it. */
export interface FamAccountMember {
  /** ULID of this entry. */
  readonly id: string;
  /** ULID. */
  readonly accountId: string;
  /** "active" for a member. The others are states of an invite. */
  readonly membershipStatus: FamMembershipStatus;
  /** ULID; empty for an invited person who is not a user yet. */
  readonly userId: string;
  /** ULID; empty for a member who was not invited. */
  readonly invitationId: string;
  /** The email of the member or the invited person. */
  readonly email: string;
  /** Empty if it is not known. */
  readonly firstName: string;
  /** Empty if it is not known. */
  readonly lastName: string;
  /** The relations that the person has, or would have, to the account. */
  readonly relations: readonly string[];
  /** When the invite expires. Left out if there is none. */
  readonly expiresAt?: Date;
  /** When the membership, or the invite, was created. */
  readonly createdAt: Date;
  /** When the invite was accepted. Left out if it was not, or if there is none. */
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
