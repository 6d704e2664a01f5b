import type { OrganizationRoleJson, OrganizationTierJson } from "../../../gen/gitpod/v1/organization_pb.js";
import { enumNames } from "../../core/json/enums.js";
import {
  type Json,
  object,
  optionalObject,
  requiredString,
  string,
  strings,
} from "../../core/json/fields.js";
import { date } from "../../core/json/timestamps.js";

/** A member's role; "unknown" for a role that is newer than this version of the SDK. */
export type OnaOrganizationRole = "unspecified" | "admin" | "member" | "unknown";

/** @internal */
export const organizationRoles = enumNames<"ORGANIZATION_ROLE_", OrganizationRoleJson>("ORGANIZATION_ROLE_", {
  admin: 1,
  member: 2,
});

/** A role that a member can be assigned. */
export type OnaAssignableRole = Exclude<OnaOrganizationRole, "unspecified" | "unknown">;

/** The plan that an organization is on; "unknown" for one that is newer than this version of the SDK. */
export type OnaOrganizationTier = "unspecified" | "free" | "enterprise" | "core" | "free_ona" | "unknown";

/** @internal */
export const organizationTiers = enumNames<"ORGANIZATION_TIER_", OrganizationTierJson>("ORGANIZATION_TIER_", {
  free: 1,
  enterprise: 2,
  core: 3,
  free_ona: 4,
});

/** An organization: users who work together, and are billed together. */
export interface OnaOrganization {
  /** UUID. */
  readonly id: string;
  /** For display. */
  readonly name: string;
  /** When it was created. */
  readonly createdAt: Date;
  /** When it last changed. */
  readonly updatedAt: Date;
  /**
   * Email domains, such as `example.com`. People with an email of these domains may join without an invite. May be
   * empty.
   */
  readonly inviteDomains: readonly string[];
  /** The plan that it is on. */
  readonly tier: OnaOrganizationTier;
}

/** @internal */
export function toOrganization(json: Json): OnaOrganization {
  return {
    id: requiredString(json, "id"),
    name: string(json, "name"),
    createdAt: date(json, "createdAt"),
    updatedAt: date(json, "updatedAt"),
    inviteDomains: optionalObject(json, "inviteDomains", (domains) => strings(domains, "domains")) ?? [],
    tier: organizationTiers.read(json, "tier"),
  };
}

/** Reads the `organization` of a response. @internal */
export function inOrganization(json: Json): OnaOrganization {
  return object(json, "organization", toOrganization);
}
