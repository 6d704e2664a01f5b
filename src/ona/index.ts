export type { Accounts, LoginFilter, SsoRequest } from "./accounts.js";
export { OnaClient, type OnaClientOptions } from "./client.js";
export type {
  Account,
  AccountMembership,
  BlockedAccount,
  JoinableOrganization,
  LoginProvider,
  OrganizationRole,
  OrganizationTier,
  SsoLogin,
} from "./models.js";
