import type { ServiceImpl } from "@connectrpc/connect";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createUnary, type Engine } from "../engine/handler.js";
import { Sessions } from "../engine/sessions.js";
import { Access } from "./access.js";
import { createAccounts } from "./accounts.js";
import { createBilling } from "./billing.js";
import { createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import { createPermissions } from "./permissions.js";
import type { Vydon } from "./state.js";
import { createSystem } from "./system.js";
import { createUsers } from "./users.js";

/** All RPCs of the service, and the resources that answer them. */
export function createVydonService(engine: Engine, vydon: Vydon): ServiceImpl<typeof UserAccountService> {
  const sessions = new Sessions(vydon.state.sessions, vydon.clock);
  const unary = createUnary(engine, "vydon", (header) => sessions.authenticate(header));
  const access = new Access(vydon);

  const users = createUsers(vydon, access);
  const accounts = createAccounts(vydon, access);
  const members = createMembers(vydon, access);
  const invites = createInvites(vydon, access);
  const permissions = createPermissions(access);
  const billing = createBilling(vydon, access);
  const system = createSystem(vydon);

  const rpc = UserAccountService.method;
  return {
    getUser: unary(rpc.getUser, users.getUser),
    setUser: unary(rpc.setUser, users.setUser),

    getUserAccounts: unary(rpc.getUserAccounts, accounts.getUserAccounts),
    createTeamAccount: unary(rpc.createTeamAccount, accounts.createTeamAccount),
    setPersonalAccount: unary(rpc.setPersonalAccount, accounts.setPersonalAccount),
    convertPersonalToTeamAccount: unary(
      rpc.convertPersonalToTeamAccount,
      accounts.convertPersonalToTeamAccount,
    ),
    isUserInAccount: unary(rpc.isUserInAccount, accounts.isUserInAccount),
    getAccountOnboardingConfig: unary(rpc.getAccountOnboardingConfig, accounts.getAccountOnboardingConfig),
    setAccountOnboardingConfig: unary(rpc.setAccountOnboardingConfig, accounts.setAccountOnboardingConfig),
    getAccountTemporalConfig: unary(rpc.getAccountTemporalConfig, accounts.getAccountTemporalConfig),
    setAccountTemporalConfig: unary(rpc.setAccountTemporalConfig, accounts.setAccountTemporalConfig),

    getTeamAccountMembers: unary(rpc.getTeamAccountMembers, members.getTeamAccountMembers),
    removeTeamAccountMember: unary(rpc.removeTeamAccountMember, members.removeTeamAccountMember),
    setUserRole: unary(rpc.setUserRole, members.setUserRole),

    inviteUserToTeamAccount: unary(rpc.inviteUserToTeamAccount, invites.inviteUserToTeamAccount),
    getTeamAccountInvites: unary(rpc.getTeamAccountInvites, invites.getTeamAccountInvites),
    removeTeamAccountInvite: unary(rpc.removeTeamAccountInvite, invites.removeTeamAccountInvite),
    acceptTeamAccountInvite: unary(rpc.acceptTeamAccountInvite, invites.acceptTeamAccountInvite),

    hasPermission: unary(rpc.hasPermission, permissions.hasPermission),
    hasPermissions: unary(rpc.hasPermissions, permissions.hasPermissions),

    getAccountStatus: unary(rpc.getAccountStatus, billing.getAccountStatus),
    isAccountStatusValid: unary(rpc.isAccountStatusValid, billing.isAccountStatusValid),
    getAccountBillingCheckoutSession: unary(
      rpc.getAccountBillingCheckoutSession,
      billing.getAccountBillingCheckoutSession,
    ),
    getAccountBillingPortalSession: unary(
      rpc.getAccountBillingPortalSession,
      billing.getAccountBillingPortalSession,
    ),
    getBillingAccounts: unary(rpc.getBillingAccounts, billing.getBillingAccounts),
    setBillingMeterEvent: unary(rpc.setBillingMeterEvent, billing.setBillingMeterEvent),

    getSystemInformation: unary(rpc.getSystemInformation, system.getSystemInformation),
  };
}
