import type { AccountStatusJson, BillingStatusJson } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { bool, type Json, optional, string } from "../../core/json/fields.js";
import { uint64 } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";

/** The state of an account's subscription; "unspecified" on self-hosted servers. */
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

/** What an account has used in its billing period. */
export interface VydonBillingStatus {
  /** Records used so far, as far as the server tells; 0 if it does not. */
  readonly usedRecordCount: number;
  /** Left out if there is no limit, or the server does not tell it. */
  readonly allowedRecordCount?: number;
  /** "unspecified" on self-hosted servers; "trial_active" for the first 14 days of an account. */
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

/** Why an account may or may not be used; "unspecified" if there is nothing to say. */
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
  /** True on self-hosted servers; in the cloud, during a trial or with an active subscription. */
  readonly isValid: boolean;
  /** A sentence for people, if there is one. */
  readonly reason?: string;
  /** Whether the result may change soon: `billing.waitUntilValid` asks again. */
  readonly shouldPoll: boolean;
  /** "unspecified" if there is no trial and the account may be used. */
  readonly accountStatus: VydonAccountStatus;
  /** Set during a trial. */
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
