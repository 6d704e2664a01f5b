export type { Accounts } from "./accounts.js";
export type { ApiKeys } from "./api-keys.js";
export type { Authentication } from "./auth.js";
export type { Billing } from "./billing.js";
export { VydonClient } from "./client.js";
export type { Invites } from "./invites.js";
export type { Members } from "./members.js";
export type {
  Account,
  AccountType,
  ConvertedTeam,
  CreatedTeam,
  OnboardingConfig,
  TemporalConfig,
} from "./models/account.js";
export type { ApiKey, IssuedApiKey } from "./models/api-key.js";
export type { AccountStatus, BillingStatus, BillingValidity, SubscriptionStatus } from "./models/billing.js";
export type { AccountRole, AssignableRole, Invite, Member } from "./models/member.js";
export type { MeterEvent } from "./models/meter-event.js";
export type { ResourcePermission } from "./models/permission.js";
export type { License, SystemInformation } from "./models/system.js";
export type { AuthStatus, IssuedTokens } from "./models/tokens.js";
export type { User } from "./models/user.js";
export type { Permissions } from "./permissions.js";
export { vydonRefresh } from "./refresh.js";
export type { System } from "./system.js";
export type { Users } from "./users.js";
