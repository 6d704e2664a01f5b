import type { CreditUsageExportGroupByJson, UsageTypeJson } from "../../../gen/gitpod/v1/billing_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, optional, string } from "../../core/json/fields.js";
import { double } from "../../core/json/numbers.js";
import { date } from "../../core/json/timestamps.js";
import { type OnaAiUsageByModel, toAiUsageByModel } from "./ai-usage.js";

/** A kind of work that uses credits; "unknown" for a kind that is newer than this version of the SDK. */
export type OnaUsageType = "unspecified" | "environment" | "agentic" | "unknown";

const usageTypes = enumNames<"USAGE_TYPE_", UsageTypeJson>("USAGE_TYPE_", { environment: 1, agentic: 2 });

/** @internal */
export const exportGroups = enumNames<"CREDIT_USAGE_EXPORT_GROUP_BY_", CreditUsageExportGroupByJson>(
  "CREDIT_USAGE_EXPORT_GROUP_BY_",
  { daily_summary: 1, resource: 2 },
);

/** Credits that one kind of work used. */
export interface OnaCreditsByType {
  /** The kind of work. */
  readonly usageType: OnaUsageType;
  /** With fractions. */
  readonly credits: number;
}

/** @internal */
export function toCreditsByType(json: Json): OnaCreditsByType {
  return { usageType: usageTypes.read(json, "usageType"), credits: double(json, "credits") };
}

/** The usage of a user, a team, an environment or a conversation. */
export interface OnaCreditUsage {
  /** For display. */
  readonly displayName: string;
  /** By the kind of work. */
  readonly usage: readonly OnaCreditsByType[];
}

function toCreditUsage(json: Json): OnaCreditUsage {
  return { displayName: string(json, "displayName"), usage: list(json, "usage", toCreditsByType) };
}

/** A user's usage. */
export interface OnaUserCreditUsage extends OnaCreditUsage {
  /** UUID; empty for all other users together. */
  readonly userId: string;
  /** The usage of each AI model. */
  readonly usageByModel: readonly OnaAiUsageByModel[];
}

/** A team's usage. */
export interface OnaTeamCreditUsage extends OnaCreditUsage {
  /** UUID; empty for all other teams together. */
  readonly teamId: string;
}

/** An environment's usage. */
export interface OnaEnvironmentCreditUsage extends OnaCreditUsage {
  /** UUID; empty for all other environments together. */
  readonly environmentId: string;
}

/** The usage of a conversation with an agent. */
export interface OnaConversationCreditUsage extends OnaCreditUsage {
  /** UUID of the agent's run; empty for all other conversations together. */
  readonly agentExecutionId: string;
}

/** One day's usage, grouped in several ways. With a `subject`, only `userUsage` has entries. */
export interface OnaDailyCreditUsage {
  /** When the day began, in the report's time zone. */
  readonly date: Date;
  /** The organization's usage. */
  readonly orgUsage: readonly OnaCreditsByType[];
  /** The users who used the most, and all others together. */
  readonly userUsage: readonly OnaUserCreditUsage[];
  /** The teams that used the most, and all others together. */
  readonly teamUsage: readonly OnaTeamCreditUsage[];
  /** The environments that used the most, and all others together. */
  readonly environmentUsage: readonly OnaEnvironmentCreditUsage[];
  /** The conversations that used the most, and all others together. */
  readonly conversationUsage: readonly OnaConversationCreditUsage[];
  /** The organization's usage of AI models. */
  readonly usageByModel: readonly OnaAiUsageByModel[];
}

function toDailyCreditUsage(json: Json): OnaDailyCreditUsage {
  return {
    date: date(json, "date"),
    orgUsage: list(json, "orgUsage", toCreditsByType),
    userUsage: list(json, "userUsage", (usage) => ({
      userId: string(usage, "userId"),
      ...toCreditUsage(usage),
      usageByModel: list(usage, "usageByModel", toAiUsageByModel),
    })),
    teamUsage: list(json, "teamUsage", (usage) => ({
      teamId: string(usage, "teamId"),
      ...toCreditUsage(usage),
    })),
    environmentUsage: list(json, "environmentUsage", (usage) => ({
      environmentId: string(usage, "environmentId"),
      ...toCreditUsage(usage),
    })),
    conversationUsage: list(json, "conversationUsage", (usage) => ({
      agentExecutionId: string(usage, "agentExecutionId"),
      ...toCreditUsage(usage),
    })),
    usageByModel: list(json, "usageByModel", toAiUsageByModel),
  };
}

/** An organization's usage, day by day. */
export interface OnaUsageReport {
  /** The time up to which usage is counted. Left out if the server does not return it. */
  readonly updatedAt?: Date;
  /** One entry a day. */
  readonly dailyUsage: readonly OnaDailyCreditUsage[];
  /** When the billing period began. Left out if the server does not return it. */
  readonly periodStart?: Date;
}

/** @internal */
export function toUsageReport(json: Json): OnaUsageReport {
  return {
    ...optional(json, "updatedAt", date),
    dailyUsage: list(json, "dailyUsage", toDailyCreditUsage),
    ...optional(json, "periodStart", date),
  };
}
