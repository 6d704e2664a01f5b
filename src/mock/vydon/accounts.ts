import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { VydonRpcs } from "./access/rpcs.js";
import { refuseWithoutEmail } from "./billing.js";
import { toAccount } from "./messages.js";
import { needsAuth } from "./options.js";
import type { VydonAccountRow, VydonCaller } from "./state/rows.js";
import { accountsOf, addAccount, addMember, memberId, type Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** Creates the RPCs for the caller's accounts. */
export function createAccounts(vydon: Vydon, { access, byUser }: VydonRpcs) {
  const { state, modes, stripe } = vydon;

  /** Makes a new team a billing customer, in the cloud. If this fails, the account stays, as on the real server. */
  function addCustomer(account: VydonAccountRow, caller: VydonCaller): { checkoutSessionUrl?: string } {
    if (!modes.cloud) return {};
    const context = "unable to upsert stripe customer id after account creation";
    refuseWithoutEmail(caller, context);
    state.accounts.update(account.id, { stripeCustomerId: stripe.newCustomer(context) });
    return { checkoutSessionUrl: stripe.newCheckoutUrl("unable to generate checkout session") };
  }

  /** Returns the id of the user's personal account, and makes the user its admin. Adds the account if there is none. */
  function ensurePersonalAccount(userId: string): string {
    const known = accountsOf(state, userId).find(isPersonal);
    if (known !== undefined) {
      state.members.update(memberId(known.id, userId), { role: "admin" });
      return known.id;
    }
    const { id } = addAccount(vydon, { name: "personal", type: "personal" });
    addMember(state, id, userId, "admin");
    return id;
  }

  return {
    getUserAccounts: byUser(rpc.getUserAccounts, {}, (_request, { caller }) => ({
      accounts: access.accounts(caller).map(toAccount),
    })),

    createTeamAccount: byUser(
      rpc.createTeamAccount,
      { offered: needsAuth("create team account") },
      ({ name }, { caller, userId }) => {
        refuseTakenName(access.accounts(caller), name);
        const account = addAccount(vydon, { name, type: "team" });
        const member = addMember(state, account.id, userId, null);
        const payment = addCustomer(account, caller);
        // The server sets the role last: if billing fails, the creator of the team has no role.
        state.members.update(member.id, { role: "admin" });
        return { accountId: account.id, ...payment };
      },
    ),

    setPersonalAccount: byUser(rpc.setPersonalAccount, {}, (_request, { userId }) => ({
      accountId: ensurePersonalAccount(userId),
    })),

    convertPersonalToTeamAccount: byUser(
      rpc.convertPersonalToTeamAccount,
      { offered: needsAuth("convert personal account to team account") },
      ({ accountId, name }, { caller, userId }) => {
        const accounts = access.accounts(caller);
        const account =
          accountId === undefined
            ? accounts.find(isPersonal)
            : findPersonalAccount(accountsOf(state, userId), accountId.toLowerCase());
        if (account === undefined) throw failure("unknown", "cannot parse UUID ");
        refuseTakenName(accounts, name);
        state.accounts.update(account.id, { name, type: "team" });
        const newPersonalAccountId = ensurePersonalAccount(userId);
        return { accountId: account.id, newPersonalAccountId, ...addCustomer(account, caller) };
      },
    ),

    isUserInAccount: byUser(rpc.isUserInAccount, {}, ({ accountId }, { caller }) => ({
      ok: access.isIn(caller, accountId),
    })),
  };
}

function isPersonal({ type }: VydonAccountRow): boolean {
  return type === "personal";
}

/** Returns the personal account with this id. @throws ConnectError `not_found` if there is none. */
function findPersonalAccount(accounts: readonly VydonAccountRow[], accountId: string): VydonAccountRow {
  const account = accounts.find(({ id }) => id === accountId);
  if (account === undefined) throw failure("not_found", "user is not in the provided account");
  if (!isPersonal(account)) throw failure("not_found", "account is not a personal account");
  return account;
}

function refuseTakenName(accounts: readonly VydonAccountRow[], name: string): void {
  if (accounts.some((account) => account.name.toLowerCase() === name.toLowerCase())) {
    throw failure("already_exists", `team account with the name ${name} already exists`);
  }
}
