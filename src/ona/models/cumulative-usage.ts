import type {
  EnterpriseAIUserBudgetPolicySourceJson,
  ListEnterpriseUserCreditUsageRequest_SortFieldJson,
} from "../../../gen/gitpod/v1/billing_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { bool, type Json, list, objectOf, optional, string } from "../../core/json/fields.js";
import { double, int64 } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";
import { type OnaAiUsageByModel, toAiUsageByModel } from "./ai-usage.js";
import { type OnaCreditsByType, toCreditsByType } from "./usage-report.js";

/** Usage since the beginning of a period. */
export interface OnaCumulativeCredits {
  /** With fractions. */
  readonly totalCredits: number;
  /** By the kind of work. */
  readonly usageByType: readonly OnaCreditsByType[];
}

function toCumulativeCredits(json: Json): OnaCumulativeCredits {
  return {
    totalCredits: double(json, "totalCredits"),
    usageByType: list(json, "usageByType", toCreditsByType),
  };
}

/** A team's usage and budget. */
export interface OnaTeamCumulativeUsage {
  /** UUID. */
  readonly teamId: string;
  /** For display. */
  readonly displayName: string;
  /** The team's usage. Left out if the server does not return it. */
  readonly usage?: OnaCumulativeCredits;
  /** The budget in credits. It is for reports only: nothing stops when it is used up. Left out if there is none. */
  readonly creditBudget?: number;
}

function toTeamCumulativeUsage(json: Json): OnaTeamCumulativeUsage {
  return {
    teamId: string(json, "teamId"),
    displayName: string(json, "displayName"),
    ...optional(json, "usage", objectOf(toCumulativeCredits)),
    ...optional(json, "creditBudget", int64),
  };
}

/** Where a user's budget comes from; "unknown" for a source that is newer than this version of the SDK. */
export type OnaBudgetSource = "unspecified" | "none" | "organization" | "user" | "unknown";

const budgetSources = enumNames<
  "ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_",
  EnterpriseAIUserBudgetPolicySourceJson
>("ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_", { none: 1, organization: 2, user: 3 });

/** A user's usage this month, and their budget. */
export interface OnaUserBudgetUsage {
  /** UUID. */
  readonly userId: string;
  /** For display. */
  readonly displayName: string;
  /** The user's usage this month. Left out if the server does not return it. */
  readonly monthToDateUsage?: OnaCumulativeCredits;
  /** The budget in credits. It is for reports only: nothing stops when it is used up. Left out if there is none. */
  readonly creditBudget?: number;
  /** Whether the budget is the organization's, for all users, or the user's own. */
  readonly budgetSource: OnaBudgetSource;
  /** Whether the organization's budget does not apply to the user. */
  readonly noCap: boolean;
  /** How much of the budget is used, in percent. */
  readonly utilizationPercent: number;
  /** Whether they used more than the budget. */
  readonly overBudget: boolean;
  /** Whether it is a service account, not a person. */
  readonly isServiceAccount: boolean;
  /** The usage of each AI model. */
  readonly usageByModel: readonly OnaAiUsageByModel[];
}

/** @internal */
export function toUserBudgetUsage(json: Json): OnaUserBudgetUsage {
  return {
    userId: string(json, "userId"),
    displayName: string(json, "displayName"),
    ...optional(json, "monthToDateUsage", objectOf(toCumulativeCredits)),
    ...optional(json, "creditBudget", int64),
    budgetSource: budgetSources.read(json, "budgetSource"),
    noCap: bool(json, "noCap"),
    utilizationPercent: double(json, "utilizationPercent"),
    overBudget: bool(json, "overBudget"),
    isServiceAccount: bool(json, "isServiceAccount"),
    usageByModel: list(json, "usageByModel", toAiUsageByModel),
  };
}

/** An organization's usage in its billing period. */
export interface OnaCumulativeUsage {
  /** The usage of the whole organization. Left out if the server does not return it. */
  readonly orgUsage?: OnaCumulativeCredits;
  /** The usage of each team. */
  readonly teamUsage: readonly OnaTeamCumulativeUsage[];
  /** The usage of people who are in no team. Left out if the server does not return it. */
  readonly unteamedUsage?: OnaCumulativeCredits;
  /** When the period began. Left out if the server does not return it. */
  readonly periodStart?: Date;
  /** The usage of each user who used credits. `billing.listUserUsage` returns it in pages. */
  readonly userUsage: readonly OnaUserBudgetUsage[];
}

/** @internal */
export function toCumulativeUsage(json: Json): OnaCumulativeUsage {
  return {
    ...optional(json, "orgUsage", objectOf(toCumulativeCredits)),
    teamUsage: list(json, "teamUsage", toTeamCumulativeUsage),
    ...optional(json, "unteamedUsage", objectOf(toCumulativeCredits)),
    ...optional(json, "periodStart", date),
    userUsage: list(json, "userUsage", toUserBudgetUsage),
  };
}

/** @internal */
export const userUsageSortFields = enumNames<
  "SORT_FIELD_",
  ListEnterpriseUserCreditUsageRequest_SortFieldJson
>("SORT_FIELD_", { usage: 1, display_name: 2, budget: 3, budget_used: 4 });
