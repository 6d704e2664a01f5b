/**
 * A typed SDK for account, member and billing APIs that speak Connect: Vydon
 * and Neosync, Ona, Fetch Ads Manager.
 *
 * @packageDocumentation
 */

// Clients
export { FamClient, type FamClientOptions, type FamServices } from "./fam/client.js";
export { OnaClient, type OnaClientOptions } from "./ona/client.js";
export { onaExchange } from "./ona/exchange.js";
export { VydonClient } from "./vydon/client.js";
export { vydonRefresh } from "./vydon/refresh.js";
export type { AnyMember, MembersClient } from "./core/members-client.js";

// Errors
export { ApiError, type ErrorContext } from "./core/errors/api-error.js";
export type { ErrorDetail, FieldViolation } from "./core/errors/details.js";
export type { ErrorCode } from "./core/errors/error-code.js";
export {
  AlreadyExistsError,
  CanceledError,
  DeadlineExceededError,
  FailedPreconditionError,
  InvalidArgumentError,
  NetworkError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitedError,
  UnauthenticatedError,
  UnavailableError,
  UnexpectedResponseError,
  UnimplementedError,
} from "./core/errors/errors.js";

// Calls
export type { ApiPromise, ApiResponse } from "./core/call/caller.js";
export type { Method } from "./core/call/method.js";
export { List, type ListOptions, type Page } from "./core/lists/list.js";

// Tokens
export {
  SessionChangedError,
  SignInAgainError,
  TokenRefreshError,
  TokenStoreError,
} from "./core/errors/token-errors.js";
export type { Auth, TokenSource } from "./core/tokens/auth.js";
export { memoryStore } from "./core/tokens/stores/memory-store.js";
export type { RefreshableTokenOptions } from "./core/tokens/refresh-options.js";
export { type RefreshableToken, refreshableToken } from "./core/tokens/refreshable-token.js";
export type { Refresh, RefreshRequest } from "./core/tokens/refresh/send-refresh.js";
export { type SimpleStoreOptions, simpleStore } from "./core/tokens/stores/simple-store.js";
export type { TokenLock } from "./core/tokens/stores/token-lock.js";
export type { Stored, TokenStore } from "./core/tokens/stores/token-store.js";
export type { StoredTokens, Tokens } from "./core/tokens/tokens.js";
export { webStorageStore } from "./core/tokens/stores/web-storage-store.js";

// Options
export type { CallInfo, HeaderRecord } from "./core/call/call.js";
export type { Clock } from "./core/call/clock.js";
export type { AttemptInfo, CallEnd, Hooks } from "./core/call/hooks.js";
export type { LogFacts, Logger, LogLevel } from "./core/call/log-hooks.js";
export type {
  Address,
  CallOptions,
  ClientOptions,
  CommonOptions,
  SharedOptions,
} from "./core/call/options.js";
export type { ClientTransport, TransportReply, TransportRequest } from "./core/call/transport.js";
export type { CallRetryOptions, RetryOptions } from "./core/retry/retry-policy.js";

// What the methods of VydonClient take and return
export type {
  Account as VydonAccount,
  AccountRole as VydonAccountRole,
  AccountStatus as VydonAccountStatus,
  AccountType as VydonAccountType,
  ApiKey as VydonApiKey,
  AssignableRole as VydonAssignableRole,
  AuthStatus as VydonAuthStatus,
  BillingStatus as VydonBillingStatus,
  BillingValidity as VydonBillingValidity,
  ConvertedTeam as VydonConvertedTeam,
  CreatedTeam as VydonCreatedTeam,
  Invite as VydonInvite,
  IssuedApiKey as VydonIssuedApiKey,
  IssuedTokens as VydonIssuedTokens,
  License as VydonLicense,
  Member as VydonMember,
  MeterEvent as VydonMeterEvent,
  OnboardingConfig as VydonOnboardingConfig,
  ResourcePermission as VydonResourcePermission,
  SubscriptionStatus as VydonSubscriptionStatus,
  SystemInformation as VydonSystemInformation,
  TemporalConfig as VydonTemporalConfig,
  User as VydonUser,
} from "./vydon/index.js";

// What the methods of OnaClient take and return
export type {
  Account as OnaAccount,
  AccountMembership as OnaAccountMembership,
  AiTokens as OnaAiTokens,
  AiUsage as OnaAiUsage,
  AiUsageByModel as OnaAiUsageByModel,
  AiUsageByTokenType as OnaAiUsageByTokenType,
  AssignableRole as OnaAssignableRole,
  BlockedAccount as OnaBlockedAccount,
  BudgetSource as OnaBudgetSource,
  ConversationCreditUsage as OnaConversationCreditUsage,
  CreatedOrganization as OnaCreatedOrganization,
  CreditsByType as OnaCreditsByType,
  CreditUsage as OnaCreditUsage,
  CumulativeCredits as OnaCumulativeCredits,
  CumulativeUsage as OnaCumulativeUsage,
  Currency as OnaCurrency,
  CurrentIdentity as OnaCurrentIdentity,
  DailyCreditUsage as OnaDailyCreditUsage,
  DateRange as OnaDateRange,
  Domain as OnaDomain,
  DomainState as OnaDomainState,
  EnvironmentCreditUsage as OnaEnvironmentCreditUsage,
  Invite as OnaInvite,
  JoinableOrganization as OnaJoinableOrganization,
  SearchableStatus as OnaSearchableStatus,
  LoginFilter as OnaLoginFilter,
  LoginProvider as OnaLoginProvider,
  Member as OnaMember,
  MemberListOptions as OnaMemberListOptions,
  MemberSearch as OnaMemberSearch,
  Order as OnaOrder,
  Organization as OnaOrganization,
  OrganizationRole as OnaOrganizationRole,
  OrganizationTier as OnaOrganizationTier,
  PersonalAccessToken as OnaPersonalAccessToken,
  Principal as OnaPrincipal,
  SsoLogin as OnaSsoLogin,
  SsoRequest as OnaSsoRequest,
  Subject as OnaSubject,
  TeamCreditUsage as OnaTeamCreditUsage,
  TeamCumulativeUsage as OnaTeamCumulativeUsage,
  TokenType as OnaTokenType,
  UsageExportRequest as OnaUsageExportRequest,
  UsageReport as OnaUsageReport,
  UsageReportRequest as OnaUsageReportRequest,
  UsageType as OnaUsageType,
  User as OnaUser,
  UserBudgetUsage as OnaUserBudgetUsage,
  UserCreditUsage as OnaUserCreditUsage,
  UserStatus as OnaUserStatus,
  UserUsageSearch as OnaUserUsageSearch,
} from "./ona/index.js";

// What the methods of FamClient take and return
export type {
  Account as FamAccount,
  AccountAccess as FamAccountAccess,
  AccountMember as FamAccountMember,
  AccountStatus as FamAccountStatus,
  AccountType as FamAccountType,
  Card as FamCard,
  CreatableAccountType as FamCreatableAccountType,
  CreatedAccount as FamCreatedAccount,
  Invite as FamInvite,
  InviteStatus as FamInviteStatus,
  Member as FamMember,
  MemberOrder as FamMemberOrder,
  MemberSearch as FamMemberSearch,
  MembershipStatus as FamMembershipStatus,
  Permissions as FamPermissions,
  SearchableStatus as FamSearchableStatus,
  TokenPair as FamTokenPair,
} from "./fam/index.js";
