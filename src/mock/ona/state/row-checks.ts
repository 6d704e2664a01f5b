import {
  anyText,
  byKind,
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  text,
} from "../../engine/check-json.js";
import { type RowChecks, sessionRow } from "../../engine/state/row-checks.js";
import { usageTypes } from "../billing/credits.js";
import { roleNames, statusNames, tierNames } from "../messages.js";
import type { OnaCreditUsageRow, UsageExportRow } from "./billing-rows.js";
import type {
  OnaAccountCaller,
  OnaAccountRow,
  OnaCaller,
  OnaDomainRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaSsoRow,
  OnaUserCaller,
  PageTokenRow,
} from "./rows.js";
import type { OnaState } from "./state.js";
import type { ExchangeTokenRow, OnaTokenRow } from "./token-rows.js";

const checkCaller = byKind<OnaCaller>({
  account: object<OnaAccountCaller>({ kind: oneOf(["account"]), accountId: anyText }),
  user: object<OnaUserCaller>({
    kind: oneOf(["user"]),
    accountId: anyText,
    userId: anyText,
    organizationId: anyText,
    tokenId: nullable(anyText),
    readOnly: flag,
  }),
});

/** The checks for the rows of each table. */
export const onaRowChecks: RowChecks<OnaState> = {
  sessions: sessionRow(checkCaller),
  accounts: object<OnaAccountRow>({
    id: text,
    email: anyText,
    name: anyText,
    avatarUrl: anyText,
    createdAt: number,
    updatedAt: number,
    organizationId: nullable(anyText),
    blockedFor: nullable(anyText),
    loginProvider: anyText,
    environments: number,
    subscriptions: number,
  }),
  organizations: object<OnaOrganizationRow>({
    id: text,
    name: anyText,
    inviteDomains: list(anyText),
    inviteId: nullable(anyText),
    tier: oneOf(tierNames),
    creditsEnabled: flag,
    createdAt: number,
    updatedAt: number,
  }),
  members: object<OnaMemberRow>({
    id: text,
    organizationId: anyText,
    accountId: anyText,
    userId: anyText,
    role: oneOf(roleNames),
    status: oneOf(statusNames),
    creditBudget: nullable(number),
    createdAt: number,
    memberSince: number,
  }),
  domains: object<OnaDomainRow>({
    id: text,
    organizationId: anyText,
    domain: anyText,
    verificationToken: anyText,
    createdAt: number,
    isProved: flag,
    verifiedAt: nullable(number),
  }),
  sso: object<OnaSsoRow>({ id: text, domain: anyText, displayName: anyText, loginUrl: anyText }),
  providers: object<OnaProviderRow>({
    id: text,
    provider: anyText,
    loginUrl: anyText,
    inviteId: nullable(anyText),
    domain: nullable(anyText),
  }),
  tokens: object<OnaTokenRow>({
    id: text,
    userId: anyText,
    description: anyText,
    creatorId: anyText,
    createdAt: number,
    expiresAt: nullable(number),
    lastUsed: nullable(number),
    readOnly: flag,
  }),
  exchangeTokens: object<ExchangeTokenRow>({ id: text, who: checkCaller, lifeMs: number }),
  creditUsage: object<OnaCreditUsageRow>({
    id: text,
    organizationId: anyText,
    userId: anyText,
    at: number,
    type: oneOf(usageTypes),
    credits: number,
    resourceId: anyText,
    resource: anyText,
  }),
  exports: object<UsageExportRow>({
    id: text,
    organizationId: anyText,
    userId: anyText,
    from: number,
    to: number,
    groupBy: oneOf<UsageExportRow["groupBy"]>(["daily_summary", "resource"]),
    expiresAt: number,
  }),
  pageTokens: object<PageTokenRow>({ id: text, list: anyText, after: list(anyText), previous: anyText }),
};
