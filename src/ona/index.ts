export type { OnaAccounts, OnaLoginFilter, OnaSsoRequest } from "./accounts.js";
export type {
  OnaBilling,
  OnaDateRange,
  OnaUsageExportRequest,
  OnaUsageReportRequest,
  OnaUserUsageSearch,
} from "./billing.js";
export { OnaClient, type OnaClientOptions } from "./client.js";
export type { OnaDomains } from "./domains.js";
export { onaExchange } from "./exchange.js";
export type { OnaIdentity } from "./identity.js";
export type { OnaInvites } from "./invites.js";
export type { OnaMemberListOptions, OnaMemberSearch, OnaMembers } from "./members.js";
export type {
  OnaAccount,
  OnaAccountMembership,
  OnaBlockedAccount,
  OnaJoinableOrganization,
} from "./models/account.js";
export type {
  OnaAiTokens,
  OnaAiUsage,
  OnaAiUsageByModel,
  OnaAiUsageByTokenType,
  OnaCurrency,
  OnaTokenType,
} from "./models/ai-usage.js";
export type { OnaCreatedOrganization } from "./models/created-organization.js";
export type {
  OnaBudgetSource,
  OnaCumulativeCredits,
  OnaCumulativeUsage,
  OnaTeamCumulativeUsage,
  OnaUserBudgetUsage,
} from "./models/cumulative-usage.js";
export type { OnaDomain, OnaDomainState } from "./models/domain.js";
export type { OnaCurrentIdentity, OnaPrincipal, OnaSubject } from "./models/identity.js";
export type { OnaInvite } from "./models/invite.js";
export type { OnaLoginProvider, OnaSsoLogin } from "./models/login.js";
export type { OnaMember } from "./models/member.js";
export type { OnaOrder } from "./models/order.js";
export type {
  OnaAssignableRole,
  OnaOrganization,
  OnaOrganizationRole,
  OnaOrganizationTier,
} from "./models/organization.js";
export type { OnaPersonalAccessToken } from "./models/token.js";
export type {
  OnaConversationCreditUsage,
  OnaCreditsByType,
  OnaCreditUsage,
  OnaDailyCreditUsage,
  OnaEnvironmentCreditUsage,
  OnaTeamCreditUsage,
  OnaUsageReport,
  OnaUsageType,
  OnaUserCreditUsage,
} from "./models/usage-report.js";
export type { OnaSearchableStatus, OnaUser, OnaUserStatus } from "./models/user.js";
export type { OnaOrganizations } from "./organizations.js";
export type { OnaTokens } from "./tokens.js";
export type { OnaUsers } from "./users.js";
