import {
  amount,
  anyText,
  byKind,
  count,
  flag,
  list,
  nullable,
  object,
  oneOf,
  text,
  time,
} from "../../engine/check-json.js";
import { sessionRow } from "../../engine/state/sessions.js";
import type { RowChecks } from "../../engine/state/tables.js";
import { usageTypes } from "../billing/credits.js";
import { roleNames, statusNames, tierNames } from "../messages.js";
import type { OnaCreditUsageRow, UsageExportRow } from "./billing-rows.js";
import type {
  ExchangeTokenRow,
  OnaAccountCaller,
  OnaAccountRow,
  OnaCaller,
  OnaDomainRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaSsoRow,
  OnaTokenRow,
  OnaUserCaller,
  PageTokenRow,
} from "./rows.js";
import type { OnaState } from "./state.js";

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
    createdAt: time,
    updatedAt: time,
    organizationId: nullable(anyText),
    blockedFor: nullable(anyText),
    loginProvider: anyText,
    environments: count,
    subscriptions: count,
  }),
  organizations: object<OnaOrganizationRow>({
    id: text,
    name: anyText,
    inviteDomains: list(anyText),
    inviteId: nullable(anyText),
    tier: oneOf(tierNames),
    creditsEnabled: flag,
    createdAt: time,
    updatedAt: time,
  }),
  members: object<OnaMemberRow>({
    id: text,
    organizationId: anyText,
    accountId: anyText,
    userId: anyText,
    role: oneOf(roleNames),
    status: oneOf(statusNames),
    creditBudget: nullable(amount),
    createdAt: time,
    memberSince: time,
  }),
  domains: object<OnaDomainRow>({
    id: text,
    organizationId: anyText,
    domain: anyText,
    verificationToken: anyText,
    createdAt: time,
    isProved: flag,
    verifiedAt: nullable(time),
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
    createdAt: time,
    expiresAt: nullable(time),
    lastUsed: nullable(time),
    readOnly: flag,
  }),
  exchangeTokens: object<ExchangeTokenRow>({ id: text, who: checkCaller, lifeMs: amount }),
  creditUsage: object<OnaCreditUsageRow>({
    id: text,
    organizationId: anyText,
    userId: anyText,
    at: time,
    type: oneOf(usageTypes),
    credits: amount,
    resourceId: anyText,
    resource: anyText,
  }),
  exports: object<UsageExportRow>({
    id: text,
    organizationId: anyText,
    userId: anyText,
    from: time,
    to: time,
    groupBy: oneOf<UsageExportRow["groupBy"]>(["daily_summary", "resource"]),
    expiresAt: time,
  }),
  pageTokens: object<PageTokenRow>({ id: text, list: anyText, after: list(anyText), previous: anyText }),
};
