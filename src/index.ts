/**
 * A typed SDK for account, member and billing APIs that speak Connect: Vydon
 * and Neosync, Ona, Fetch Ads Manager.
 *
 * @packageDocumentation
 */

// Clients
export { FamClient, type FamClientOptions, type FamServices } from "./fam/client.js";
export { OnaClient, type OnaClientOptions } from "./ona/client.js";
export { VydonClient } from "./vydon/client.js";

// Errors
export {
  AlreadyExistsError,
  ApiError,
  CanceledError,
  DeadlineExceededError,
  type ErrorContext,
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
} from "./core/errors.js";
export type { FieldViolation } from "./core/error-details.js";

// Tokens
export type { Auth, TokenSource } from "./core/auth.js";
export {
  type RefreshableToken,
  type RefreshableTokenOptions,
  type RefreshRequest,
  refreshableToken,
} from "./core/tokens.js";
export {
  memoryStore,
  type StoredTokens,
  type TokenStore,
  type Tokens,
} from "./core/token-stores.js";
export { webStorageStore } from "./core/web-storage-store.js";
export type { TokenLock } from "./core/token-lock.js";

// Lists
export { List, type ListOptions, type Page } from "./core/list.js";

// Options
export type { Address, CallOptions, ClientOptions, CommonOptions, SharedOptions } from "./core/options.js";
export type { CallRetryOptions, RetryOptions } from "./core/retry-policy.js";
export type { AttemptInfo, Hooks } from "./core/hooks.js";
export type { CallInfo } from "./core/call.js";
export type { Clock } from "./core/clock.js";

// What the methods of VydonClient take and give
export type {
  Account as VydonAccount,
  AccountRole as VydonAccountRole,
  AccountStatus as VydonAccountStatus,
  AccountType as VydonAccountType,
  AssignableRole as VydonAssignableRole,
  BillingStatus as VydonBillingStatus,
  BillingValidity as VydonBillingValidity,
  ConvertedTeam as VydonConvertedTeam,
  CreatedTeam as VydonCreatedTeam,
  Invite as VydonInvite,
  License as VydonLicense,
  Member as VydonMember,
  OnboardingConfig as VydonOnboardingConfig,
  ResourcePermission as VydonResourcePermission,
  SubscriptionStatus as VydonSubscriptionStatus,
  SystemInformation as VydonSystemInformation,
  TemporalConfig as VydonTemporalConfig,
  User as VydonUser,
} from "./vydon/index.js";

// What the methods of OnaClient take and give
export type {
  Account as OnaAccount,
  AccountMembership as OnaAccountMembership,
  BlockedAccount as OnaBlockedAccount,
  JoinableOrganization as OnaJoinableOrganization,
  LoginFilter as OnaLoginFilter,
  LoginProvider as OnaLoginProvider,
  OrganizationRole as OnaOrganizationRole,
  OrganizationTier as OnaOrganizationTier,
  SsoLogin as OnaSsoLogin,
  SsoRequest as OnaSsoRequest,
} from "./ona/index.js";

// What the methods of FamClient take and give
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
