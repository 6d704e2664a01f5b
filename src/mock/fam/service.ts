import type { ServiceImpl } from "@connectrpc/connect";
import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import { createUnary, type Engine } from "../engine/handler.js";
import { Sessions } from "../engine/state/sessions.js";
import { Access } from "./access/access.js";
import { createAccounts } from "./accounts.js";
import { createBilling } from "./billing.js";
import { createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import type { Fam } from "./state/state.js";

/** What answers FAM's three services. */
export interface FamServiceImpls {
  readonly accounts: ServiceImpl<typeof AccountService>;
  readonly members: ServiceImpl<typeof MemberService>;
  readonly billing: ServiceImpl<typeof BillingService>;
}

/** All RPCs of the services, and the resources that answer them. */
export function createFamServices(engine: Engine, fam: Fam): FamServiceImpls {
  const sessions = new Sessions(fam.state.sessions, fam.clock, fam.past);
  const unary = createUnary(engine, "fam", (header) => sessions.authenticate(header));
  const open = createUnary(engine, "fam", () => undefined);
  const access = new Access(fam);

  const accounts = createAccounts(fam, access);
  const members = createMembers(fam, access);
  const invites = createInvites(fam, access);
  const billing = createBilling(fam, access);

  const account = AccountService.method;
  const member = MemberService.method;
  const payment = BillingService.method;
  return {
    accounts: {
      createAccount: unary(account.createAccount, accounts.createAccount),
      getAccount: unary(account.getAccount, accounts.getAccount),
      updateAccount: unary(account.updateAccount, accounts.updateAccount),
      deleteAccount: unary(account.deleteAccount, accounts.deleteAccount),
      listMyPermissions: unary(account.listMyPermissions, accounts.listMyPermissions),
    },
    members: {
      listMembers: unary(member.listMembers, members.listMembers),
      listAccountMembers: unary(member.listAccountMembers, members.listAccountMembers),

      inviteMember: unary(member.inviteMember, invites.inviteMember),
      acceptInvitation: open(member.acceptInvitation, invites.acceptInvitation),
      revokeInvitation: unary(member.revokeInvitation, invites.revokeInvitation),
      listInvitations: unary(member.listInvitations, invites.listInvitations),
    },
    billing: {
      setupPaymentMethod: unary(payment.setupPaymentMethod, billing.setupPaymentMethod),
      getCardInfo: unary(payment.getCardInfo, billing.getCardInfo),
      getPaymentConfigByAccountID: unary(
        payment.getPaymentConfigByAccountID,
        billing.getPaymentConfigByAccountID,
      ),
      setPrimaryCard: unary(payment.setPrimaryCard, billing.setPrimaryCard),
    },
  };
}
