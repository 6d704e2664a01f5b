import type { AccountStatusJson, BillingStatusJson } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { bool, type Json, optional, string } from "../../core/json/fields.js";
import { uint64 } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";

/**
 * The state of an account's subscription. "unspecified" on self-hosted servers, "unknown" for a state that is newer than
 * this version of the SDK.
 */
export type VydonSubscriptionStatus =
  | "unspecified"
  | "active"
  | "expired"
  | "trial_active"
  | "trial_expired"
  | "unknown";

const subscriptionStatuses = enumNames<"BILLING_STATUS_", BillingStatusJson>("BILLING_STATUS_", {
  active: 1,
  expired: 2,
  trial_active: 3,
  trial_expired: 4,
});

/** An account's subscription, and its usage in the billing period. */
export interface VydonBillingStatus {
  /** The number of records used so far; 0 if the server does not return it. */
  readonly usedRecordCount: number;
  /** The number of records that may be used. Left out if there is no limit, or if the server does not return it. */
  readonly allowedRecordCount?: number;
  /**
   * "active" with a subscription, even in the first 14 days of an account. Without one, "trial_active" for these days.
   * "unspecified" on self-hosted servers.
   */
  readonly subscriptionStatus: VydonSubscriptionStatus;
}

/** @internal */
export function toBillingStatus(json: Json): VydonBillingStatus {
  return {
    usedRecordCount: uint64(json, "usedRecordCount"),
    subscriptionStatus: subscriptionStatuses.read(json, "subscriptionStatus"),
    ...optional(json, "allowedRecordCount", uint64),
  };
}

/**
 * The reason why an account may or may not be used. "unspecified" if there is none, "unknown" for a reason that is newer
 * than this version of the SDK.
 */
export type VydonAccountStatus =
  | "unspecified"
  | "account_in_expired_state"
  | "account_trial_active"
  | "account_trial_expired"
  | "unknown";

const accountStatuses = enumNames<"ACCOUNT_STATUS_", AccountStatusJson>(
  "ACCOUNT_STATUS_",
  { account_in_expired_state: 3, account_trial_active: 4, account_trial_expired: 5 },
  "REASON_UNSPECIFIED",
);

/** Whether an account may be used. */
export interface VydonBillingValidity {
  /**
   * Whether the account may be used. Always true on self-hosted servers. In the cloud, true during a trial or with an
   * active subscription.
   */
  readonly isValid: boolean;
  /** The reason, as a sentence for people. Empty or left out if there is none. */
  readonly reason?: string;
  /** Whether the server asks to be called again soon. Current servers never do. */
  readonly shouldPoll: boolean;
  /** "unspecified" if there is no trial and the account may be used. */
  readonly accountStatus: VydonAccountStatus;
  /** When the trial ends. Left out if there is no trial. */
  readonly trialExpiresAt?: Date;
}

/** @internal */
export function toBillingValidity(json: Json): VydonBillingValidity {
  return {
    isValid: bool(json, "isValid"),
    shouldPoll: bool(json, "shouldPoll"),
    accountStatus: accountStatuses.read(json, "accountStatus"),
    ...optional(json, "reason", string),
    ...optional(json, "trialExpiresAt", date),
  };
}
