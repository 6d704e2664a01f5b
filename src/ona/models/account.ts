import { bool, type Json, list, optional, requiredString, string } from "../../core/json/fields.js";
import { int32 } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";
import {
  type OnaOrganizationRole,
  type OnaOrganizationTier,
  organizationRoles,
  organizationTiers,
} from "./organization.js";

/** A person's account, above the organizations that they are in. */
export interface OnaAccount {
  /** UUID. */
  readonly id: string;
  /** The person's name, for display. */
  readonly name: string;
  /** URL of a picture; empty if the person has none. */
  readonly avatarUrl: string;
  /** The person's email. Its domain decides which organizations they may join. */
  readonly email: string;
  /** When the account was created. */
  readonly createdAt: Date;
  /** When the account last changed. */
  readonly updatedAt: Date;
  /**
   * The organizations that the person is in. `accounts.listJoinableOrganizations` returns the organizations that they
   * may join.
   */
  readonly memberships: readonly OnaAccountMembership[];
  /** Whether anyone can sign up with the email's provider. */
  readonly publicEmailProvider: boolean;
  /** UUID of the organization that owns the account. Left out if the account is not from an organization's single sign-on. */
  readonly organizationId?: string;
}

/** @internal */
export function toAccount(json: Json): OnaAccount {
  return {
    id: requiredString(json, "id"),
    name: string(json, "name"),
    avatarUrl: string(json, "avatarUrl"),
    email: string(json, "email"),
    createdAt: date(json, "createdAt"),
    updatedAt: date(json, "updatedAt"),
    memberships: list(json, "memberships", toAccountMembership),
    publicEmailProvider: bool(json, "publicEmailProvider"),
    ...optional(json, "organizationId", string),
  };
}

/** A person's membership in one organization. */
export interface OnaAccountMembership {
  /** UUID of the person as a user of the organization. It differs between organizations, and is not the account's id. */
  readonly userId: string;
  /** The person's role in this organization. */
  readonly userRole: OnaOrganizationRole;
  /** UUID. */
  readonly organizationId: string;
  /** For display. */
  readonly organizationName: string;
  /** The number of members, this person included. */
  readonly organizationMemberCount: number;
  /** The plan that the organization is on. */
  readonly organizationTier: OnaOrganizationTier;
}

/** @internal */
export function toAccountMembership(json: Json): OnaAccountMembership {
  return {
    userId: requiredString(json, "userId"),
    userRole: organizationRoles.read(json, "userRole"),
    ...toJoinableOrganization(json),
    organizationTier: organizationTiers.read(json, "organizationTier"),
  };
}

/** An organization that the caller may join, because of their email's domain or of an invite. */
export interface OnaJoinableOrganization {
  /** UUID. */
  readonly organizationId: string;
  /** For display. */
  readonly organizationName: string;
  /** The number of members. */
  readonly organizationMemberCount: number;
}

/** @internal */
export function toJoinableOrganization(json: Json): OnaJoinableOrganization {
  return {
    organizationId: requiredString(json, "organizationId"),
    organizationName: string(json, "organizationName"),
    organizationMemberCount: int32(json, "organizationMemberCount"),
  };
}

/** The environments and subscriptions that ended when an account was blocked. */
export interface OnaBlockedAccount {
  /** The number of running environments that were stopped. */
  readonly environmentsStopped: number;
  /** The number of paid subscriptions that were ended. */
  readonly subscriptionsCancelled: number;
}

/** @internal */
export function toBlockedAccount(json: Json): OnaBlockedAccount {
  return {
    environmentsStopped: int32(json, "environmentsStopped"),
    subscriptionsCancelled: int32(json, "subscriptionsCancelled"),
  };
}
