export type { FamAccounts } from "./accounts.js";
export type { FamBilling } from "./billing.js";
export { FamClient, type FamClientOptions } from "./client.js";
export type { FamInvites } from "./invites.js";
export type { FamMemberOrder, FamMemberSearch, FamMembers } from "./members.js";
export type {
  FamAccount,
  FamAccountAccess,
  FamAccountStatus,
  FamAccountType,
  FamCreatableAccountType,
  FamCreatedAccount,
  FamPermissions,
} from "./models/account.js";
export type { FamCard } from "./models/card.js";
export type { FamInvite, FamInviteStatus } from "./models/invite.js";
export type {
  FamAccountMember,
  FamMember,
  FamMembershipStatus,
  FamSearchableStatus,
} from "./models/member.js";
export type { FamTokenPair } from "./models/tokens.js";
export type { FamServices } from "./services.js";
