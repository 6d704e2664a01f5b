export type { Accounts, LoginFilter, SsoRequest } from "./accounts.js";
export type {
  Billing,
  DateRange,
  UsageExportRequest,
  UsageReportRequest,
  UserUsageSearch,
} from "./billing.js";
export { OnaClient, type OnaClientOptions } from "./client.js";
export type { Domains } from "./domains.js";
export { onaExchange } from "./exchange.js";
export type { Identity } from "./identity.js";
export type { Invites } from "./invites.js";
export type { MemberListOptions, MemberSearch, Members } from "./members.js";
export type { Account, AccountMembership, BlockedAccount, JoinableOrganization } from "./models/account.js";
export type {
  AiTokens,
  AiUsage,
  AiUsageByModel,
  AiUsageByTokenType,
  Currency,
  TokenType,
} from "./models/ai-usage.js";
export type { CreatedOrganization } from "./models/created-organization.js";
export type {
  BudgetSource,
  CumulativeCredits,
  CumulativeUsage,
  TeamCumulativeUsage,
  UserBudgetUsage,
} from "./models/cumulative-usage.js";
export type { Domain, DomainState } from "./models/domain.js";
export type { CurrentIdentity, Principal, Subject } from "./models/identity.js";
export type { Invite } from "./models/invite.js";
export type { LoginProvider, SsoLogin } from "./models/login.js";
export type { Member } from "./models/member.js";
export type {
  AssignableRole,
  Organization,
  OrganizationRole,
  OrganizationTier,
} from "./models/organization.js";
export type { Order } from "./models/page.js";
export type { PersonalAccessToken } from "./models/token.js";
export type {
  ConversationCreditUsage,
  CreditsByType,
  CreditUsage,
  DailyCreditUsage,
  EnvironmentCreditUsage,
  TeamCreditUsage,
  UsageReport,
  UsageType,
  UserCreditUsage,
} from "./models/usage-report.js";
export type { SearchableStatus, User, UserStatus } from "./models/user.js";
export type { Organizations } from "./organizations.js";
export type { Tokens } from "./tokens.js";
export type { Users } from "./users.js";
