import type { BillingCurrencyJson, BYOKRateCardTokenTypeJson } from "../../../gen/gitpod/v1/billing_pb.js";
import { enumNames } from "../../core/json/enums.js";
import { type Json, list, objectOf, optional, string } from "../../core/json/fields.js";
import { double, int64 } from "../../core/json/numbers.js";

/** The currency of an amount; "unknown" for one that is newer than this version of the SDK. */
export type OnaCurrency = "unspecified" | "usd" | "eur" | "gbp" | "unknown";

const currencies = enumNames<"BILLING_CURRENCY_", BillingCurrencyJson>("BILLING_CURRENCY_", {
  usd: 1,
  eur: 2,
  gbp: 3,
});

/** A kind of tokens that has a price of its own; "unknown" for one that is newer than this version of the SDK. */
export type OnaTokenType = "unspecified" | "input" | "output" | "cache_read" | "cache_write" | "unknown";

const tokenTypes = enumNames<"BYOK_RATE_CARD_TOKEN_TYPE_", BYOKRateCardTokenTypeJson>(
  "BYOK_RATE_CARD_TOKEN_TYPE_",
  { input: 1, output: 2, cache_read: 3, cache_write: 4 },
);

/** The number of tokens that AI models read and wrote. */
export interface OnaAiTokens {
  /** Tokens that the models read. */
  readonly inputTokens: number;
  /** Tokens that the models wrote. */
  readonly outputTokens: number;
  /** Tokens that were read from or written to a cache. */
  readonly cacheTokens: number;
  /** All tokens together. */
  readonly totalTokens: number;
}

/** Usage of AI models. */
export interface OnaAiUsage {
  /** In credits, with fractions. */
  readonly credits: number;
  /** In money: millionths of the currency's unit. 1 500 000 is 1.50. */
  readonly costMicrounits: number;
  /** The money's currency. */
  readonly currency: OnaCurrency;
  /** In tokens. Left out if the server does not return it. */
  readonly tokens?: OnaAiTokens;
}

function toAiUsage(json: Json): OnaAiUsage {
  return {
    credits: double(json, "credits"),
    costMicrounits: int64(json, "costMicrounits"),
    currency: currencies.read(json, "currency"),
    ...optional(json, "tokens", objectOf(toAiTokens)),
  };
}

function toAiTokens(json: Json): OnaAiTokens {
  return {
    inputTokens: int64(json, "inputTokens"),
    outputTokens: int64(json, "outputTokens"),
    cacheTokens: int64(json, "cacheTokens"),
    totalTokens: int64(json, "totalTokens"),
  };
}

/** Usage of one kind of tokens. */
export interface OnaAiUsageByTokenType {
  /** The kind of tokens. */
  readonly tokenType: OnaTokenType;
  /** The amount. Left out if the server does not return it. */
  readonly usage?: OnaAiUsage;
}

function toAiUsageByTokenType(json: Json): OnaAiUsageByTokenType {
  return { tokenType: tokenTypes.read(json, "tokenType"), ...optional(json, "usage", objectOf(toAiUsage)) };
}

/** How much an AI model was used. Usage with a price and usage without one are counted separately. */
export interface OnaAiUsageByModel {
  /** The model's name. */
  readonly model: string;
  /** The usage that has a price. Left out if there is none. */
  readonly usage?: OnaAiUsage;
  /** The same, by the kind of tokens. */
  readonly usageByTokenType: readonly OnaAiUsageByTokenType[];
  /** The usage that has no price. Left out if there is none. */
  readonly unpricedUsage?: OnaAiUsage;
  /** The same, by the kind of tokens. */
  readonly unpricedUsageByTokenType: readonly OnaAiUsageByTokenType[];
}

/** @internal */
export function toAiUsageByModel(json: Json): OnaAiUsageByModel {
  return {
    model: string(json, "model"),
    ...optional(json, "usage", objectOf(toAiUsage)),
    usageByTokenType: list(json, "usageByTokenType", toAiUsageByTokenType),
    ...optional(json, "unpricedUsage", objectOf(toAiUsage)),
    unpricedUsageByTokenType: list(json, "unpricedUsageByTokenType", toAiUsageByTokenType),
  };
}
