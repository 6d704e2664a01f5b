export type { Accounts, ConvertedTeam, CreatedTeam } from "./accounts.js";
export type { Billing } from "./billing.js";
export { VydonClient } from "./client.js";
export type { Invites } from "./invites.js";
export type { Members } from "./members.js";
export type {
  Account,
  AccountRole,
  AccountStatus,
  AccountType,
  AssignableRole,
  BillingStatus,
  BillingValidity,
  Invite,
  License,
  Member,
  OnboardingConfig,
  ResourcePermission,
  SubscriptionStatus,
  SystemInformation,
  TemporalConfig,
} from "./models.js";
export type { Permissions } from "./permissions.js";
export type { System } from "./system.js";
export type { User, Users } from "./users.js";
