export type { Accounts } from "./accounts.js";
export type { Billing } from "./billing.js";
export { FamClient, type FamClientOptions, type FamServices } from "./client.js";
export type { Invites } from "./invites.js";
export type { MemberOrder, MemberSearch, Members } from "./members.js";
export type {
  Account,
  AccountAccess,
  AccountStatus,
  AccountType,
  CreatableAccountType,
  CreatedAccount,
  Permissions,
} from "./models/account.js";
export type { Card } from "./models/card.js";
export type { Invite, InviteStatus, TokenPair } from "./models/invite.js";
export type { AccountMember, Member, MembershipStatus, SearchableStatus } from "./models/member.js";
