export type { Accounts } from "./accounts.js";
export type { Billing } from "./billing.js";
export { FamClient, type FamClientOptions, type FamRpc, type FamServices } from "./client.js";
export type { Invites } from "./invites.js";
export type { MemberOrder, MemberSearch, Members } from "./members.js";
export type {
  Account,
  AccountAccess,
  AccountMember,
  AccountStatus,
  AccountType,
  Card,
  CreatableAccountType,
  CreatedAccount,
  Invite,
  InviteStatus,
  Member,
  MembershipStatus,
  Permissions,
  SearchableStatus,
  TokenPair,
} from "./models.js";
