import type { ListMembersRequest_SortFieldJson } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, object, requiredString, string } from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";
import { type OnaOrganizationRole, organizationRoles } from "./organization.js";
import { type OnaUserStatus, userStatuses } from "./user.js";

/** A member of an organization: a user in the list of their organization. */
export interface OnaMember {
  /** UUID, for `members.remove`, `members.setRole` and the methods of `client.users`. */
  readonly userId: string;
  /** Their role in the organization. */
  readonly role: OnaOrganizationRole;
  /** When they joined. */
  readonly memberSince: Date;
  /** URL of a picture; empty if the person has none. */
  readonly avatarUrl: string;
  /** The person's name, which the API calls `fullName` here and `name` elsewhere. */
  readonly name: string;
  /** The person's email. */
  readonly email: string;
  /** The user's status. */
  readonly status: OnaUserStatus;
  /** The login provider that they use, such as `github`. */
  readonly loginProvider: string;
}

/** @internal */
export function toMember(json: Json): OnaMember {
  return {
    userId: requiredString(json, "userId"),
    role: organizationRoles.read(json, "role"),
    memberSince: date(json, "memberSince"),
    avatarUrl: string(json, "avatarUrl"),
    name: string(json, "fullName"),
    email: string(json, "email"),
    status: userStatuses.read(json, "status"),
    loginProvider: string(json, "loginProvider"),
  };
}

/** Reads the `member` of a response. @internal */
export function inMember(json: Json): OnaMember {
  return object(json, "member", toMember);
}

/** @internal */
export const memberSortFields = enumNames<"SORT_FIELD_", ListMembersRequest_SortFieldJson>("SORT_FIELD_", {
  name: 1,
  date_joined: 2,
});
