import type { OrganizationRoleJson, OrganizationTierJson } from "../../gen/gitpod/v1/organization_pb.js";
import { enumNames } from "../core/json/enums.js";
import {
  bool,
  type Json,
  list,
  optionalObject,
  optionalString,
  requiredString,
  string,
} from "../core/json/fields.js";
import { int32 } from "../core/json/numbers.js";
import { date } from "../core/json/timestamps.js";
import type { TokenPage } from "../core/lists/list-by-token.js";

/** What somebody may do in an organization; "unknown" for a role that is newer than this version of the SDK. */
export type OrganizationRole = "unspecified" | "admin" | "member" | "unknown";

const organizationRoles = enumNames<"ORGANIZATION_ROLE_", OrganizationRoleJson>("ORGANIZATION_ROLE_", {
  admin: 1,
  member: 2,
});

/** The plan that an organization is on; "unknown" for one that is newer than this version of the SDK. */
export type OrganizationTier = "unspecified" | "free" | "enterprise" | "core" | "free_ona" | "unknown";

const organizationTiers = enumNames<"ORGANIZATION_TIER_", OrganizationTierJson>("ORGANIZATION_TIER_", {
  free: 1,
  enterprise: 2,
  core: 3,
  free_ona: 4,
});

/** A person's account, above the organizations that they are in. */
export interface Account {
  /** UUID. */
  readonly id: string;
  /** The person's own name, for display. */
  readonly name: string;
  /** URL of a picture; empty if the person has none. */
  readonly avatarUrl: string;
  /** Its domain decides which organizations they may join. */
  readonly email: string;
  /** When the account was created. */
  readonly createdAt: Date;
  /** When the account last changed. */
  readonly updatedAt: Date;
  /** The organizations that the person is in. `accounts.listJoinableOrganizations` has those that they could join. */
  readonly memberships: AccountMembership[];
  /** Whether the email is of a provider with which anybody can sign up. */
  readonly publicEmailProvider: boolean;
  /** UUID of the organization that owns the account. Left out if the account is not from an organization's single sign-on. */
  readonly organizationId?: string;
}

/** @internal */
export function toAccount(json: Json): Account {
  const organizationId = optionalString(json, "organizationId");
  return {
    id: requiredString(json, "id"),
    name: string(json, "name"),
    avatarUrl: string(json, "avatarUrl"),
    email: string(json, "email"),
    createdAt: date(json, "createdAt"),
    updatedAt: date(json, "updatedAt"),
    memberships: list(json, "memberships", toAccountMembership),
    publicEmailProvider: bool(json, "publicEmailProvider"),
    ...(organizationId !== undefined && { organizationId }),
  };
}

/** What a person is in one organization. */
export interface AccountMembership {
  /** UUID of the person as a user of the organization. It differs between organizations, and is not the account's id. */
  readonly userId: string;
  /** What the person may do in this organization. */
  readonly userRole: OrganizationRole;
  /** UUID. */
  readonly organizationId: string;
  /** For display. */
  readonly organizationName: string;
  /** How many people are in it, this one included. */
  readonly organizationMemberCount: number;
  /** The plan that the organization is on. */
  readonly organizationTier: OrganizationTier;
}

/** @internal */
export function toAccountMembership(json: Json): AccountMembership {
  return {
    userId: requiredString(json, "userId"),
    userRole: organizationRoles.read(json, "userRole"),
    ...toJoinableOrganization(json),
    organizationTier: organizationTiers.read(json, "organizationTier"),
  };
}

/** An organization that the caller may join, because of their email's domain. */
export interface JoinableOrganization {
  /** UUID. */
  readonly organizationId: string;
  /** For display. */
  readonly organizationName: string;
  /** How many people are in it already. */
  readonly organizationMemberCount: number;
}

/** @internal */
export function toJoinableOrganization(json: Json): JoinableOrganization {
  return {
    organizationId: requiredString(json, "organizationId"),
    organizationName: string(json, "organizationName"),
    organizationMemberCount: int32(json, "organizationMemberCount"),
  };
}

/** A way to log in. */
export interface LoginProvider {
  /** Such as `github`, `google` or `custom`. */
  readonly provider: string;
  /** The page to open in the browser, for `custom`; empty for the others. */
  readonly loginUrl: string;
}

/** @internal */
export function toLoginProvider(json: Json): LoginProvider {
  return { provider: requiredString(json, "provider"), loginUrl: string(json, "loginUrl") };
}

/** A way to log in by an organization's own single sign-on. */
export interface SsoLogin {
  /** What to call it in a list of choices. */
  readonly displayName: string;
  /** The page to open in the browser. */
  readonly loginUrl: string;
}

/** @internal */
export function toSsoLogin(json: Json): SsoLogin {
  return { displayName: string(json, "displayName"), loginUrl: requiredString(json, "loginUrl") };
}

/** What ended when an account was blocked. */
export interface BlockedAccount {
  /** How many running environments were stopped. */
  readonly environmentsStopped: number;
  /** How many paid subscriptions were ended. */
  readonly subscriptionsCancelled: number;
}

/** @internal */
export function toBlockedAccount(json: Json): BlockedAccount {
  return {
    environmentsStopped: int32(json, "environmentsStopped"),
    subscriptionsCancelled: int32(json, "subscriptionsCancelled"),
  };
}

/** One page of a list, whose items are in `field`. @internal */
export function inPage<T>(field: string, read: (item: Json) => T): (json: Json) => TokenPage<T> {
  return (json) => ({
    items: list(json, field, read),
    nextToken: optionalObject(json, "pagination", (pagination) => string(pagination, "nextToken")) ?? "",
  });
}
