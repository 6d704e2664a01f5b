import type { UserStatusJson } from "../../../gen/gitpod/v1/user_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, object, optional, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** A user's status in the organization; "unknown" for a status that is newer than this version of the SDK. */
export type OnaUserStatus = "unspecified" | "active" | "suspended" | "left" | "unknown";

/** A status to search for. */
export type OnaSearchableStatus = Exclude<OnaUserStatus, "unspecified" | "unknown">;

/** @internal */
export const userStatuses = enumNames<"USER_STATUS_", UserStatusJson>("USER_STATUS_", {
  active: 1,
  suspended: 2,
  left: 3,
});

/** A person inside one organization. */
export interface OnaUser {
  /** UUID. It differs between a person's organizations, and is not their account's id. */
  readonly id: string;
  /** UUID of the organization. */
  readonly organizationId: string;
  /** The person's name. */
  readonly name: string;
  /** URL of a picture; empty if the person has none. */
  readonly avatarUrl: string;
  /** When the user was created. Left out if the server does not return it. */
  readonly createdAt?: Date;
  /** The user's status in the organization. */
  readonly status: OnaUserStatus;
  /** The person's email. */
  readonly email: string;
}

/** @internal */
export function toUser(json: Json): OnaUser {
  return {
    id: requiredString(json, "id"),
    organizationId: requiredString(json, "organizationId"),
    name: string(json, "name"),
    avatarUrl: string(json, "avatarUrl"),
    ...optional(json, "createdAt", date),
    status: userStatuses.read(json, "status"),
    email: string(json, "email"),
  };
}

/** Reads the `user` of a response. @internal */
export function inUser(json: Json): OnaUser {
  return object(json, "user", toUser);
}
