/**
 * A typed SDK for account, member and billing APIs over Connect: Vydon and Neosync, Ona, Fetch Ads Manager.
 *
 * @packageDocumentation
 */

// Clients
export { FamClient, type FamClientOptions } from "./fam/client.js";
export type { FamServices } from "./fam/services.js";
export { OnaClient, type OnaClientOptions } from "./ona/client.js";
export { onaExchange } from "./ona/exchange.js";
export { VydonClient, type VydonClientOptions } from "./vydon/client.js";
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
export { mayHaveActed } from "./core/errors/may-have-acted.js";

// Calls
export type { ApiPromise, ApiResponse } from "./core/call/api-promise.js";
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
export { type RefreshableToken, refreshableToken } from "./core/tokens/refreshable-token.js";
export type { Refresh, RefreshableTokenOptions, RefreshRequest } from "./core/tokens/refresh-options.js";
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
  ChangeableOptions,
  CommonOptions,
  TransportAddress,
  UrlAddress,
} from "./core/call/options.js";
export type { ClientTransport, TransportReply, TransportRequest } from "./core/call/transport.js";
export type { CallRetryOptions, RetryOptions } from "./core/retry/retry-policy.js";

// Parameters and results of VydonClient's methods
export type {
  VydonAccount,
  VydonAccountRole,
  VydonAccountStatus,
  VydonAccountType,
  VydonApiKey,
  VydonAssignableRole,
  VydonAuthStatus,
  VydonBillingStatus,
  VydonBillingValidity,
  VydonConvertedTeam,
  VydonCreatedTeam,
  VydonInvite,
  VydonIssuedApiKey,
  VydonIssuedTokens,
  VydonLicense,
  VydonMember,
  VydonMeterEvent,
  VydonOnboardingChanges,
  VydonOnboardingConfig,
  VydonResourcePermission,
  VydonSubscriptionStatus,
  VydonSystemInformation,
  VydonTemporalConfig,
  VydonUser,
} from "./vydon/index.js";

// Parameters and results of OnaClient's methods
export type {
  OnaAccount,
  OnaAccountMembership,
  OnaAiTokens,
  OnaAiUsage,
  OnaAiUsageByModel,
  OnaAiUsageByTokenType,
  OnaAssignableRole,
  OnaBlockedAccount,
  OnaBudgetSource,
  OnaConversationCreditUsage,
  OnaCreatedOrganization,
  OnaCreditsByType,
  OnaCreditUsage,
  OnaCumulativeCredits,
  OnaCumulativeUsage,
  OnaCurrency,
  OnaCurrentIdentity,
  OnaDailyCreditUsage,
  OnaDateRange,
  OnaDomain,
  OnaDomainState,
  OnaEnvironmentCreditUsage,
  OnaInvite,
  OnaJoinableOrganization,
  OnaLoginFilter,
  OnaLoginProvider,
  OnaMember,
  OnaMemberListOptions,
  OnaMemberSearch,
  OnaOrder,
  OnaOrganization,
  OnaOrganizationRole,
  OnaOrganizationTier,
  OnaPersonalAccessToken,
  OnaPrincipal,
  OnaSearchableStatus,
  OnaSsoLogin,
  OnaSsoRequest,
  OnaSubject,
  OnaTeamCreditUsage,
  OnaTeamCumulativeUsage,
  OnaTokenType,
  OnaUsageExportRequest,
  OnaUsageReport,
  OnaUsageReportRequest,
  OnaUsageType,
  OnaUser,
  OnaUserBudgetUsage,
  OnaUserCreditUsage,
  OnaUserStatus,
  OnaUserUsageSearch,
} from "./ona/index.js";

// Parameters and results of FamClient's methods
export type {
  FamAccount,
  FamAccountAccess,
  FamAccountMember,
  FamAccountStatus,
  FamAccountType,
  FamCard,
  FamCreatableAccountType,
  FamCreatedAccount,
  FamInvite,
  FamInviteStatus,
  FamMember,
  FamMemberOrder,
  FamMemberSearch,
  FamMembershipStatus,
  FamPermissions,
  FamSearchableStatus,
  FamTokenPair,
} from "./fam/index.js";
