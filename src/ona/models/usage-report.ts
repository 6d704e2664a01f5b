import type { CreditUsageExportGroupByJson, UsageTypeJson } from "../../../gen/gitpod/v1/billing_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, string } from "../../core/json/fields.js";
import { double } from "../../core/json/numbers.js";
import { date, optionalDate } from "../../core/json/timestamps.js";
import { type AiUsageByModel, toAiUsageByModel } from "./ai-usage.js";

/** A kind of work that uses credits; "unknown" for a kind that is newer than this version of the SDK. */
export type UsageType = "unspecified" | "environment" | "agentic" | "unknown";

const usageTypes = enumNames<"USAGE_TYPE_", UsageTypeJson>("USAGE_TYPE_", { environment: 1, agentic: 2 });

/** @internal */
export const exportGroups = enumNames<"CREDIT_USAGE_EXPORT_GROUP_BY_", CreditUsageExportGroupByJson>(
  "CREDIT_USAGE_EXPORT_GROUP_BY_",
  { daily_summary: 1, resource: 2 },
);

/** Credits that one kind of work used. */
export interface CreditsByType {
  /** The kind of work. */
  readonly usageType: UsageType;
  /** With fractions. */
  readonly credits: number;
}

/** @internal */
export function toCreditsByType(json: Json): CreditsByType {
  return { usageType: usageTypes.read(json, "usageType"), credits: double(json, "credits") };
}

/** What somebody or something used. */
export interface CreditUsage {
  /** For display. */
  readonly displayName: string;
  /** By the kind of work. */
  readonly usage: readonly CreditsByType[];
}

function toCreditUsage(json: Json): CreditUsage {
  return { displayName: string(json, "displayName"), usage: list(json, "usage", toCreditsByType) };
}

/** What a user used. */
export interface UserCreditUsage extends CreditUsage {
  /** UUID; empty for all other users together. */
  readonly userId: string;
  /** By the AI model. */
  readonly usageByModel: readonly AiUsageByModel[];
}

/** What a team used. */
export interface TeamCreditUsage extends CreditUsage {
  /** UUID; empty for all other teams together. */
  readonly teamId: string;
}

/** What an environment used. */
export interface EnvironmentCreditUsage extends CreditUsage {
  /** UUID; empty for all other environments together. */
  readonly environmentId: string;
}

/** What a conversation with an agent used. */
export interface ConversationCreditUsage extends CreditUsage {
  /** UUID of the agent's run; empty for all other conversations together. */
  readonly agentExecutionId: string;
}

/** One day's usage, seen from several sides. With a `subject`, only `userUsage` has entries. */
export interface DailyCreditUsage {
  /** When the day began, in the report's time zone. */
  readonly date: Date;
  /** The organization's usage. */
  readonly orgUsage: readonly CreditsByType[];
  /** The users who used most, and all others together. */
  readonly userUsage: readonly UserCreditUsage[];
  /** The teams that used most, and all others together. */
  readonly teamUsage: readonly TeamCreditUsage[];
  /** The environments that used most, and all others together. */
  readonly environmentUsage: readonly EnvironmentCreditUsage[];
  /** The conversations that used most, and all others together. */
  readonly conversationUsage: readonly ConversationCreditUsage[];
  /** The organization's usage of AI models. */
  readonly usageByModel: readonly AiUsageByModel[];
}

function toDailyCreditUsage(json: Json): DailyCreditUsage {
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
export interface UsageReport {
  /** Up to when usage is counted. Left out if the server does not say. */
  readonly updatedAt?: Date;
  /** One entry a day. */
  readonly dailyUsage: readonly DailyCreditUsage[];
  /** When the billing period began. Left out if the server does not say. */
  readonly periodStart?: Date;
}

/** @internal */
export function toUsageReport(json: Json): UsageReport {
  const updatedAt = optionalDate(json, "updatedAt");
  const periodStart = optionalDate(json, "periodStart");
  return {
    ...(updatedAt !== undefined && { updatedAt }),
    dailyUsage: list(json, "dailyUsage", toDailyCreditUsage),
    ...(periodStart !== undefined && { periodStart }),
  };
}
