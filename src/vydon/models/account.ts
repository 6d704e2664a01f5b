import type { UserAccountTypeJson } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { bool, type Json, list, object, optional, requiredString, string } from "../../core/json/fields.js";

/** The kind of an account: for one person, a team or an enterprise; "unknown" for a kind that is newer than this version of the SDK. */
export type VydonAccountType = "unspecified" | "personal" | "team" | "enterprise" | "unknown";

const accountTypes = enumNames<"USER_ACCOUNT_TYPE_", UserAccountTypeJson>("USER_ACCOUNT_TYPE_", {
  personal: 1,
  team: 2,
  enterprise: 3,
});

/** An account that the caller belongs to. */
export interface VydonAccount {
  /** UUID. */
  readonly id: string;
  /** Lower-case letters, digits and dashes; `personal` for the personal account. */
  readonly name: string;
  /** The kind of the account. */
  readonly type: VydonAccountType;
  /** Whether the account is a customer of the billing system. */
  readonly hasStripeCustomerId: boolean;
}

/** @internal */
export function toAccount(json: Json): VydonAccount {
  return {
    id: requiredString(json, "id"),
    name: string(json, "name"),
    type: accountTypes.read(json, "type"),
    hasStripeCustomerId: bool(json, "hasStripeCustomerId"),
  };
}

/** @internal */
export function toAccounts(json: Json): VydonAccount[] {
  return list(json, "accounts", toAccount);
}

/** A team account that was just created. */
export interface VydonCreatedTeam {
  /** UUID. */
  readonly accountId: string;
  /** The page for subscribing, in the cloud. Left out on self-hosted servers. */
  readonly checkoutSessionUrl?: string;
}

/** @internal */
export function toCreatedTeam(json: Json): VydonCreatedTeam {
  return {
    accountId: requiredString(json, "accountId"),
    ...optional(json, "checkoutSessionUrl", string),
  };
}

/** A personal account that has just become a team. */
export interface VydonConvertedTeam extends VydonCreatedTeam {
  /** UUID of the new personal account, created in place of the converted one. */
  readonly newPersonalAccountId: string;
}

/** @internal */
export function toConvertedTeam(json: Json): VydonConvertedTeam {
  return { ...toCreatedTeam(json), newPersonalAccountId: requiredString(json, "newPersonalAccountId") };
}

/** The set-up flags of an account: which steps of its set-up are done. */
export interface VydonOnboardingConfig {
  /** Whether the set-up is done; false if nothing was ever set. */
  readonly hasCompletedOnboarding: boolean;
  /** Whether a source connection was created. Only older servers set this flag and the three below. */
  readonly hasCreatedSourceConnection: boolean;
  /** Whether a destination connection was created. */
  readonly hasCreatedDestinationConnection: boolean;
  /** Whether a job was created. */
  readonly hasCreatedJob: boolean;
  /** Whether a member was invited. */
  readonly hasInvitedMembers: boolean;
}

/** The set-up flags to set. Flags that are left out become false. */
export type VydonOnboardingChanges = {
  readonly [Flag in keyof VydonOnboardingConfig]?: VydonOnboardingConfig[Flag] | undefined;
};

/** The names of the set-up flags. @internal */
export const onboardingFlags = [
  "hasCompletedOnboarding",
  "hasCreatedSourceConnection",
  "hasCreatedDestinationConnection",
  "hasCreatedJob",
  "hasInvitedMembers",
] as const;

/** @internal */
export function toOnboardingConfig(json: Json): Record<(typeof onboardingFlags)[number], boolean>;
export function toOnboardingConfig(json: Json): object {
  return Object.fromEntries(onboardingFlags.map((name) => [name, bool(json, name)]));
}

/** The Temporal configuration of a self-hosted account. Temporal runs the account's jobs. */
export interface VydonTemporalConfig {
  /** The address of the Temporal server. */
  readonly url: string;
  /** The namespace in Temporal. */
  readonly namespace: string;
  /** The task queue that sync jobs are put in. */
  readonly syncJobQueueName: string;
}

/** @internal */
export function toTemporalConfig(json: Json): VydonTemporalConfig {
  return {
    url: requiredString(json, "url"),
    namespace: requiredString(json, "namespace"),
    syncJobQueueName: requiredString(json, "syncJobQueueName"),
  };
}

/** Reads the `config` of a response. @internal */
export function inConfig<T>(read: (config: Json) => T): (json: Json) => T {
  return (json) => object(json, "config", read);
}
