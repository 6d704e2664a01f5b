import type {
  Account as AccountMessage,
  BlockAccountResponse,
  JoinableOrganization as JoinableMessage,
  ListSSOLoginsResponse_Login,
  AccountMembership as MembershipMessage,
  LoginProvider as ProviderMessage,
} from "../../gen/gitpod/v1/account_pb.js";
import {
  OrganizationRole as OrganizationRoleValue,
  OrganizationTier as OrganizationTierValue,
} from "../../gen/gitpod/v1/organization_pb.js";
import { enumNames, present, toDate } from "../core/convert.js";

/** What somebody may do in an organization; "unknown" for a role that came after this version of the SDK. */
export type OrganizationRole = "unspecified" | "admin" | "member" | "unknown";

const organizationRoles = enumNames({
  unspecified: OrganizationRoleValue.UNSPECIFIED,
  admin: OrganizationRoleValue.ADMIN,
  member: OrganizationRoleValue.MEMBER,
});

/** The plan that an organization is on; "unknown" for one that came after this version of the SDK. */
export type OrganizationTier = "unspecified" | "free" | "enterprise" | "core" | "free_ona" | "unknown";

const organizationTiers = enumNames({
  unspecified: OrganizationTierValue.UNSPECIFIED,
  free: OrganizationTierValue.FREE,
  enterprise: OrganizationTierValue.ENTERPRISE,
  core: OrganizationTierValue.CORE,
  free_ona: OrganizationTierValue.FREE_ONA,
});

/** A person's account, above the organizations that they are in. */
export interface Account {
  /** UUID. */
  readonly id: string;
  /** The person's own name, for display. */
  readonly name: string;
  /** URL of a picture; empty where the person has none. */
  readonly avatarUrl: string;
  /** Its domain decides which organizations they may join. */
  readonly email: string;
  /** When the account was opened. */
  readonly createdAt: Date;
  /** When the account last changed. */
  readonly updatedAt: Date;
  /** The organizations that the person is in; for those that they could join see `accounts.listJoinableOrganizations`. */
  readonly memberships: AccountMembership[];
  /** Whether the email is of a provider with which anybody can sign up. */
  readonly publicEmailProvider: boolean;
  /** UUID of the organization that owns the account, where it came from that one's own single sign-on. */
  readonly organizationId: string | undefined;
}

/** @internal */
export function toAccount(message: AccountMessage | undefined): Account {
  const account = present(message, "account");
  const { id, name, avatarUrl, email, memberships, publicEmailProvider, organizationId } = account;
  return {
    id,
    name,
    avatarUrl,
    email,
    createdAt: toDate(account.createdAt, "account.created_at"),
    updatedAt: toDate(account.updatedAt, "account.updated_at"),
    memberships: memberships.map(toAccountMembership),
    publicEmailProvider,
    organizationId,
  };
}

/** What a person is in one organization. */
export interface AccountMembership {
  /** UUID of the user that the person is in the organization; another one in each, and not the account's id. */
  readonly userId: string;
  /** What the person may do in this organization. */
  readonly userRole: OrganizationRole;
  /** UUID. */
  readonly organizationId: string;
  /** For display. */
  readonly organizationName: string;
  /** How many people are in it, this one among them. */
  readonly organizationMemberCount: number;
  /** The plan that the organization is on. */
  readonly organizationTier: OrganizationTier;
}

/** @internal */
export function toAccountMembership(message: MembershipMessage): AccountMembership {
  const { userId, userRole, organizationId, organizationName } = message;
  const { organizationMemberCount, organizationTier } = message;
  return {
    userId,
    userRole: organizationRoles.toName(userRole),
    organizationId,
    organizationName,
    organizationMemberCount,
    organizationTier: organizationTiers.toName(organizationTier),
  };
}

/** An organization that the caller's email opens to them. */
export interface JoinableOrganization {
  /** UUID. */
  readonly organizationId: string;
  /** For display. */
  readonly organizationName: string;
  /** How many people are in it already. */
  readonly organizationMemberCount: number;
}

/** @internal */
export function toJoinableOrganization(message: JoinableMessage): JoinableOrganization {
  const { organizationId, organizationName, organizationMemberCount } = message;
  return { organizationId, organizationName, organizationMemberCount };
}

/** A way to log in. */
export interface LoginProvider {
  /** Such as `github`, `google` or `custom`. */
  readonly provider: string;
  /** Where to send the browser, for `custom`; empty for the others. */
  readonly loginUrl: string;
}

/** @internal */
export function toLoginProvider({ provider, loginUrl }: ProviderMessage): LoginProvider {
  return { provider, loginUrl };
}

/** A way to log in by an organization's own single sign-on. */
export interface SsoLogin {
  /** What to call it in a list of choices. */
  readonly displayName: string;
  /** Where to send the browser. */
  readonly loginUrl: string;
}

/** @internal */
export function toSsoLogin({ displayName, loginUrl }: ListSSOLoginsResponse_Login): SsoLogin {
  return { displayName, loginUrl };
}

/** What ended when an account was blocked. */
export interface BlockedAccount {
  /** How many running environments were stopped. */
  readonly environmentsStopped: number;
  /** How many paid subscriptions were ended. */
  readonly subscriptionsCancelled: number;
}

/** @internal */
export function toBlockedAccount(message: BlockAccountResponse): BlockedAccount {
  const { environmentsStopped, subscriptionsCancelled } = message;
  return { environmentsStopped, subscriptionsCancelled };
}
