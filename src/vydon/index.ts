export type { VydonAccounts } from "./accounts.js";
export type { VydonApiKeys } from "./api-keys.js";
export type { VydonAuth } from "./auth.js";
export type { VydonBilling } from "./billing.js";
export { VydonClient, type VydonClientOptions } from "./client.js";
export type { VydonInvites } from "./invites.js";
export type { VydonMembers } from "./members.js";
export type {
  VydonAccount,
  VydonAccountType,
  VydonConvertedTeam,
  VydonCreatedTeam,
  VydonOnboardingChanges,
  VydonOnboardingConfig,
  VydonTemporalConfig,
} from "./models/account.js";
export type { VydonApiKey, VydonIssuedApiKey } from "./models/api-key.js";
export type {
  VydonAccountStatus,
  VydonBillingStatus,
  VydonBillingValidity,
  VydonSubscriptionStatus,
} from "./models/billing.js";
export type { VydonInvite } from "./models/invite.js";
export type { VydonAccountRole, VydonAssignableRole, VydonMember } from "./models/member.js";
export type { VydonMeterEvent } from "./models/meter-event.js";
export type { VydonResourcePermission } from "./models/permission.js";
export type { VydonLicense, VydonSystemInformation } from "./models/system.js";
export type { VydonAuthStatus, VydonIssuedTokens } from "./models/tokens.js";
export type { VydonUser } from "./models/user.js";
export type { VydonPermissions } from "./permissions.js";
export { vydonRefresh } from "./refresh.js";
export type { VydonSystem } from "./system.js";
export type { VydonUsers } from "./users.js";
