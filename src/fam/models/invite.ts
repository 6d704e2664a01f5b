import type { InvitationStatusJson } from "../../../gen/fam/v1/member_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, object, requiredString, string, strings } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** The state of an invite; "unknown" for a state that is newer than this version of the SDK. */
export type FamInviteStatus =
  | "unspecified"
  | "pending_send"
  | "pending"
  | "accepted"
  | "revoked"
  | "expired"
  | "unknown";

const inviteStatuses = enumNames<"INVITATION_STATUS_", InvitationStatusJson>("INVITATION_STATUS_", {
  pending_send: 1,
  pending: 2,
  accepted: 3,
  revoked: 4,
  expired: 5,
});

/** An invite to an account. */
export interface FamInvite {
  /** ULID, for `invites.revoke`. */
  readonly id: string;
  /** ULID of the account that the invite is for. */
  readonly accountId: string;
  /** The address that it was sent to. */
  readonly email: string;
  /** The relations that the invited person would have to the account. */
  readonly relations: readonly string[];
  /** Only an invite that is "pending" can be accepted. */
  readonly status: FamInviteStatus;
  /** ULID of the user who sent the invite. */
  readonly inviterUserId: string;
  /** When it expires. */
  readonly expiresAt: Date;
  /** When it was created. */
  readonly createdAt: Date;
}

/** @internal */
export function toInvite(json: Json): FamInvite {
  return {
    id: requiredString(json, "id"),
    accountId: requiredString(json, "accountId"),
    email: string(json, "email"),
    relations: strings(json, "relations"),
    status: inviteStatuses.read(json, "status"),
    inviterUserId: string(json, "inviterUserId"),
    expiresAt: date(json, "expiresAt"),
    createdAt: date(json, "createdAt"),
  };
}

/** @internal */
export function toInvites(json: Json): FamInvite[] {
  return list(json, "invitations", toInvite);
}

/** Reads the `invitation` of a response. @internal */
export function inInvite(json: Json): FamInvite {
  return object(json, "invitation", toInvite);
}
