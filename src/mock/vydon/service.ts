import type {
  DescMessage,
  DescMethod,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createUnary, type Engine } from "../engine/handler.js";
import { Access } from "./access/access.js";
import { authenticate } from "./access/authenticate.js";
import { type AccountNeeds, Checks, type UserNeeds } from "./access/checks.js";
import type { ByToken, ByUser, ForAccount } from "./access/rpcs.js";
import { createSettings } from "./account-settings.js";
import { createAccounts } from "./accounts.js";
import { createSessions, createStatus } from "./billing.js";
import { createInviteAcceptance, createInviteRemoval, createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import { createMetering } from "./metering.js";
import { needsAuth, needsBilling, needsCloud, needsSelfHosting, rulesVersion } from "./options.js";
import { createPermission, createPermissions } from "./permissions.js";
import type { Vydon, VydonCaller } from "./state/state.js";
import { createSystem } from "./system.js";
import { createRegistration, users } from "./users.js";

/** What answers a call, after the checks that `Asked` stands for. */
type Answer<I extends DescMessage, O extends DescMessage, Asked> = (
  request: MessageShape<I>,
  asked: Asked,
) => MessageInitShape<O>;

/** All RPCs of the service: what each needs, and the resource that answers it. The order of checks is in `checks.ts`. */
export function createVydonService(engine: Engine, vydon: Vydon): ServiceImpl<typeof UserAccountService> {
  const access = new Access(vydon);
  const checks = new Checks(vydon, access);
  const unary = createUnary(
    engine,
    "vydon",
    (header, method): VydonCaller => authenticate(vydon, header, method),
    { version: rulesVersion(vydon.modes), beforeToken: true },
  );

  /** A call that needs a token and no more. */
  function token<I extends DescMessage, O extends DescMessage>(
    rpc: DescMethodUnary<I, O>,
    answer: Answer<I, O, ByToken>,
  ) {
    return unary(rpc, (request, caller) => answer(request, { caller }));
  }

  /** A call of a registered user. */
  function user<I extends DescMessage, O extends DescMessage>(
    rpc: DescMethodUnary<I, O>,
    needs: UserNeeds,
    answer: Answer<I, O, ByUser>,
  ) {
    return unary(rpc, (request, caller) => answer(request, checks.user(caller, needs)));
  }

  /** A call about the account that its request names. */
  function account<I extends DescMessage, O extends DescMessage>(
    rpc: DescMethodUnary<I, O>,
    needs: AccountNeeds & { readonly named: (request: MessageShape<I>) => string },
    answer: Answer<I, O, ForAccount>,
  ) {
    return unary(rpc, (request, caller) =>
      answer(request, checks.account(caller, needs.named(request), needs)),
    );
  }

  const named = ({ accountId }: { accountId: string }) => accountId;
  const enter = { named, right: "enter" } as const;
  const view = { named, right: "view" } as const;
  const edit = { named, right: "edit" } as const;
  const team = { team: true } as const;

  const accounts = createAccounts(vydon, access);
  const settings = createSettings(vydon);
  const members = createMembers(vydon);
  const invites = createInvites(vydon);
  const status = createStatus(vydon);
  const sessions = createSessions(vydon);
  const metering = createMetering(vydon);

  const rpc = UserAccountService.method;
  const paid = (method: DescMethod) => ({ offered: needsCloud(`${method.parent.typeName}/${method.name}`) });
  return {
    getUser: user(rpc.getUser, {}, users.getUser),
    setUser: token(rpc.setUser, createRegistration(vydon).setUser),
    getSystemInformation: token(rpc.getSystemInformation, createSystem(vydon).getSystemInformation),

    getUserAccounts: user(rpc.getUserAccounts, {}, accounts.getUserAccounts),
    setPersonalAccount: user(rpc.setPersonalAccount, {}, accounts.setPersonalAccount),
    createTeamAccount: user(
      rpc.createTeamAccount,
      { offered: needsAuth("create team account") },
      accounts.createTeamAccount,
    ),
    convertPersonalToTeamAccount: user(
      rpc.convertPersonalToTeamAccount,
      { offered: needsAuth("convert personal account to team account") },
      accounts.convertPersonalToTeamAccount,
    ),
    isUserInAccount: user(rpc.isUserInAccount, {}, accounts.isUserInAccount),

    getAccountOnboardingConfig: account(
      rpc.getAccountOnboardingConfig,
      view,
      settings.getAccountOnboardingConfig,
    ),
    setAccountOnboardingConfig: account(
      rpc.setAccountOnboardingConfig,
      edit,
      settings.setAccountOnboardingConfig,
    ),
    getAccountTemporalConfig: account(
      rpc.getAccountTemporalConfig,
      { ...view, offered: needsSelfHosting },
      settings.getAccountTemporalConfig,
    ),
    setAccountTemporalConfig: account(
      rpc.setAccountTemporalConfig,
      { ...edit, offered: needsSelfHosting },
      settings.setAccountTemporalConfig,
    ),

    getTeamAccountMembers: account(
      rpc.getTeamAccountMembers,
      { ...view, ...team },
      members.getTeamAccountMembers,
    ),
    removeTeamAccountMember: account(
      rpc.removeTeamAccountMember,
      { ...edit, ...team },
      members.removeTeamAccountMember,
    ),
    setUserRole: account(rpc.setUserRole, edit, members.setUserRole),

    inviteUserToTeamAccount: account(
      rpc.inviteUserToTeamAccount,
      { ...edit, ...team },
      invites.inviteUserToTeamAccount,
    ),
    getTeamAccountInvites: account(
      rpc.getTeamAccountInvites,
      { ...view, ...team },
      invites.getTeamAccountInvites,
    ),
    removeTeamAccountInvite: token(
      rpc.removeTeamAccountInvite,
      createInviteRemoval(vydon, checks).removeTeamAccountInvite,
    ),
    acceptTeamAccountInvite: user(
      rpc.acceptTeamAccountInvite,
      {},
      createInviteAcceptance(vydon).acceptTeamAccountInvite,
    ),

    hasPermission: account(rpc.hasPermission, enter, createPermission(access).hasPermission),
    hasPermissions: token(rpc.hasPermissions, createPermissions(access, checks).hasPermissions),

    getAccountStatus: account(rpc.getAccountStatus, view, status.getAccountStatus),
    isAccountStatusValid: account(rpc.isAccountStatusValid, view, status.isAccountStatusValid),
    getAccountBillingCheckoutSession: account(
      rpc.getAccountBillingCheckoutSession,
      { ...edit, ...paid(rpc.getAccountBillingCheckoutSession) },
      sessions.getAccountBillingCheckoutSession,
    ),
    getAccountBillingPortalSession: account(
      rpc.getAccountBillingPortalSession,
      { ...edit, ...paid(rpc.getAccountBillingPortalSession) },
      sessions.getAccountBillingPortalSession,
    ),
    getBillingAccounts: user(rpc.getBillingAccounts, {}, metering.getBillingAccounts),
    setBillingMeterEvent: user(
      rpc.setBillingMeterEvent,
      { offered: needsBilling },
      metering.setBillingMeterEvent,
    ),
  };
}
