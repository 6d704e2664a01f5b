import {
  type AccountInvite,
  AccountRole as AccountRoleValue,
  AccountStatus as AccountStatusValue,
  type AccountUser,
  BillingStatus as BillingStatusValue,
  type GetAccountStatusResponse,
  type GetSystemInformationResponse,
  type IsAccountStatusValidResponse,
  type AccountOnboardingConfig as OnboardingMessage,
  ResourcePermission_Action,
  ResourcePermission_Type,
  type AccountTemporalConfig as TemporalMessage,
  type UserAccount,
  UserAccountType,
} from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames, present, toDate, toNumber, toOptionalDate } from "../core/convert.js";

/** What kind of account it is: one person's, a team's, an enterprise's. */
export type AccountType = "unspecified" | "personal" | "team" | "enterprise" | "unknown";

const accountTypes = enumNames({
  unspecified: UserAccountType.UNSPECIFIED,
  personal: UserAccountType.PERSONAL,
  team: UserAccountType.TEAM,
  enterprise: UserAccountType.ENTERPRISE,
});

/** An account that the caller belongs to. */
export interface Account {
  /** UUID. */
  readonly id: string;
  /** Lower-case letters, digits and dashes; `personal` for the personal account. */
  readonly name: string;
  /** "unknown" for a kind that came after this version of the SDK. */
  readonly type: AccountType;
  /** Whether the account is a customer of the billing system. */
  readonly hasStripeCustomerId: boolean;
}

/** @internal */
export function toAccount({ id, name, type, hasStripeCustomerId }: UserAccount): Account {
  return { id, name, type: accountTypes.toName(type), hasStripeCustomerId };
}

/**
 * What a member may do. "unspecified" where the server runs without RBAC, "unknown" for a role that came after this
 * version of the SDK.
 */
export type AccountRole =
  | "unspecified"
  | "admin"
  | "job_developer"
  | "job_viewer"
  | "job_executor"
  | "unknown";

/** @internal */
export const accountRoles = enumNames({
  unspecified: AccountRoleValue.UNSPECIFIED,
  admin: AccountRoleValue.ADMIN,
  job_developer: AccountRoleValue.JOB_DEVELOPER,
  job_viewer: AccountRoleValue.JOB_VIEWER,
  job_executor: AccountRoleValue.JOB_EXECUTOR,
});

/** A role that can be given to somebody. */
export type AssignableRole = Exclude<AccountRole, "unspecified" | "unknown">;

/** Somebody in a team account. */
export interface Member {
  /** UUID; what `members.remove` and `members.setRole` take. */
  readonly userId: string;
  /** Empty where the user has none. */
  readonly name: string;
  /** URL of a picture; empty where the user has none. */
  readonly image: string;
  /** What an invite to them has to be sent to. */
  readonly email: string;
  /** "unspecified" where the server runs without RBAC. */
  readonly role: AccountRole;
}

/** @internal */
export function toMember({ id, name, image, email, role }: AccountUser): Member {
  return { userId: id, name, image, email, role: accountRoles.toName(role) };
}

/** An invitation to a team account. */
export interface Invite {
  /** UUID; what `invites.remove` takes. */
  readonly id: string;
  /** UUID of the account that it opens. */
  readonly accountId: string;
  /** UUID of who invited. */
  readonly senderUserId: string;
  /** Whom it is for: nobody with another address can accept it. */
  readonly email: string;
  /** The secret that the invited person accepts with: `invites.accept(token)`. */
  readonly token: string;
  /** Whether somebody has joined by it; false for all that `invites.list` answers. */
  readonly accepted: boolean;
  /** When it was sent. */
  readonly createdAt: Date;
  /** When it last changed. */
  readonly updatedAt: Date;
  /** 24 hours after its creation; earlier where another invite to the same address has taken its place. */
  readonly expiresAt: Date;
  /** What the new member will be; "unspecified" makes a `job_viewer`. */
  readonly role: AccountRole;
}

/** @internal */
export function toInvite(message: AccountInvite | undefined): Invite {
  const invite = present(message, "invite");
  const { id, accountId, senderUserId, email, token, accepted, role } = invite;
  return {
    id,
    accountId,
    senderUserId,
    email,
    token,
    accepted,
    createdAt: toDate(invite.createdAt, "invite.created_at"),
    updatedAt: toDate(invite.updatedAt, "invite.updated_at"),
    expiresAt: toDate(invite.expiresAt, "invite.expires_at"),
    role: accountRoles.toName(role),
  };
}

/** How far an account has come with its set-up. */
export interface OnboardingConfig {
  /** Whether the set-up is done; false where nothing was ever set. */
  readonly hasCompletedOnboarding: boolean;
  /** Set by older servers only, as are the three below. */
  readonly hasCreatedSourceConnection: boolean;
  /** Whether there was a connection to write to. */
  readonly hasCreatedDestinationConnection: boolean;
  /** Whether there was a job. */
  readonly hasCreatedJob: boolean;
  /** Whether anybody was invited. */
  readonly hasInvitedMembers: boolean;
}

/** @internal */
export function toOnboardingConfig(message: OnboardingMessage | undefined): OnboardingConfig {
  const config = present(message, "config");
  return {
    hasCompletedOnboarding: config.hasCompletedOnboarding,
    hasCreatedSourceConnection: config.hasCreatedSourceConnection,
    hasCreatedDestinationConnection: config.hasCreatedDestinationConnection,
    hasCreatedJob: config.hasCreatedJob,
    hasInvitedMembers: config.hasInvitedMembers,
  };
}

/** Where a self-hosted account's jobs run. */
export interface TemporalConfig {
  /** Where the Temporal server is; not empty when it is set. */
  readonly url: string;
  /** Temporal's namespace; not empty when it is set. */
  readonly namespace: string;
  /** The task queue that sync jobs are put in; not empty when it is set. */
  readonly syncJobQueueName: string;
}

/** @internal */
export function toTemporalConfig(message: TemporalMessage | undefined): TemporalConfig {
  const { url, namespace, syncJobQueueName } = present(message, "config");
  return { url, namespace, syncJobQueueName };
}

/** How an account's subscription stands; "unspecified" on self-hosted servers. */
export type SubscriptionStatus =
  | "unspecified"
  | "active"
  | "expired"
  | "trial_active"
  | "trial_expired"
  | "unknown";

const subscriptionStatuses = enumNames({
  unspecified: BillingStatusValue.UNSPECIFIED,
  active: BillingStatusValue.ACTIVE,
  expired: BillingStatusValue.EXPIRED,
  trial_active: BillingStatusValue.TRIAL_ACTIVE,
  trial_expired: BillingStatusValue.TRIAL_EXPIRED,
});

/** What an account has used in its billing period. */
export interface BillingStatus {
  /** Records used so far; it may pass what is allowed for a while, until the server has counted. */
  readonly usedRecordCount: number;
  /** Undefined where there is no limit. */
  readonly allowedRecordCount: number | undefined;
  /** "unspecified" on self-hosted servers; "trial_active" for the first 14 days of an account. */
  readonly subscriptionStatus: SubscriptionStatus;
}

/** @internal */
export function toBillingStatus(message: GetAccountStatusResponse): BillingStatus {
  const { usedRecordCount, allowedRecordCount, subscriptionStatus } = message;
  return {
    usedRecordCount: toNumber(usedRecordCount, "used_record_count"),
    allowedRecordCount:
      allowedRecordCount === undefined ? undefined : toNumber(allowedRecordCount, "allowed_record_count"),
    subscriptionStatus: subscriptionStatuses.toName(subscriptionStatus),
  };
}

/** Why an account may or may not be used; "unspecified" where there is nothing to say. */
export type AccountStatus =
  | "unspecified"
  | "account_in_expired_state"
  | "account_trial_active"
  | "account_trial_expired"
  | "unknown";

const accountStatuses = enumNames({
  unspecified: AccountStatusValue.REASON_UNSPECIFIED,
  account_in_expired_state: AccountStatusValue.ACCOUNT_IN_EXPIRED_STATE,
  account_trial_active: AccountStatusValue.ACCOUNT_TRIAL_ACTIVE,
  account_trial_expired: AccountStatusValue.ACCOUNT_TRIAL_EXPIRED,
});

/** Whether an account may be used. */
export interface BillingValidity {
  /** True on self-hosted servers; in the cloud, during a trial or with an active subscription. */
  readonly isValid: boolean;
  /** A sentence for people, where there is one. */
  readonly reason: string | undefined;
  /** Whether asking again may bring another answer: `billing.waitUntilValid` does. */
  readonly shouldPoll: boolean;
  /** "unspecified" where there is no trial, nor anything in the way. */
  readonly accountStatus: AccountStatus;
  /** Set during a trial. */
  readonly trialExpiresAt: Date | undefined;
}

/** @internal */
export function toBillingValidity(message: IsAccountStatusValidResponse): BillingValidity {
  const { isValid, reason, shouldPoll, accountStatus, trialExpiresAt } = message;
  return {
    isValid,
    reason,
    shouldPoll,
    accountStatus: accountStatuses.toName(accountStatus),
    trialExpiresAt: toOptionalDate(trialExpiresAt, "trial_expires_at"),
  };
}

/** @internal */
export const resourceTypes = enumNames({
  account: ResourcePermission_Type.ACCOUNT,
  connection: ResourcePermission_Type.CONNECTION,
  job: ResourcePermission_Type.JOB,
});

/** @internal */
export const resourceActions = enumNames({
  create: ResourcePermission_Action.CREATE,
  read: ResourcePermission_Action.READ,
  update: ResourcePermission_Action.UPDATE,
  delete: ResourcePermission_Action.DELETE,
});

/** Something that the caller may want to do to a resource. */
export interface ResourcePermission {
  /** What kind of resource; for an account, `id` is the account's own. */
  readonly type: "account" | "connection" | "job";
  /** The resource's UUID; `*` for any. */
  readonly id: string;
  /** What the caller would do to it. */
  readonly action: "create" | "read" | "update" | "delete";
}

/** What a server is and runs. */
export interface SystemInformation {
  /** The tagged version, such as `v0.5.20`. */
  readonly version: string;
  /** The hash of the commit that it was built from. */
  readonly commit: string;
  /** What it was compiled with. */
  readonly compiler: string;
  /** The operating system and processor that it was built for. */
  readonly platform: string;
  /** When it was built. */
  readonly buildDate: Date;
  /** Undefined on servers that are older than licences. */
  readonly license: License | undefined;
}

/** A server's licence. */
export interface License {
  /** Whether the server takes it for valid. */
  readonly isValid: boolean;
  /** Undefined where it does not expire. */
  readonly expiresAt: Date | undefined;
  /** Whether it is the vendor's cloud: Vydon's or Neosync's, whichever the server is. */
  readonly isCloud: boolean;
}

/** @internal */
export function toSystemInformation(message: GetSystemInformationResponse): SystemInformation {
  const { version, commit, compiler, platform, license } = message;
  return {
    version,
    commit,
    compiler,
    platform,
    buildDate: toDate(message.buildDate, "build_date"),
    license: license && {
      isValid: license.isValid,
      expiresAt: toOptionalDate(license.expiresAt, "license.expires_at"),
      isCloud: license.isNeosyncCloud,
    },
  };
}
