import { failure } from "../engine/errors.js";
import type { Access } from "./access/access.js";
import type { ByUser, Rpcs } from "./access/rpcs.js";
import { toAccount } from "./messages.js";
import {
  type AccountRow,
  accountsOf,
  addAccount,
  addMember,
  memberId,
  type Vydon,
  type VydonCaller,
} from "./state/state.js";

type AccountRpcs = Rpcs<
  | "getUserAccounts"
  | "createTeamAccount"
  | "setPersonalAccount"
  | "convertPersonalToTeamAccount"
  | "isUserInAccount",
  ByUser
>;

/** Which accounts there are, and who owns them. */
export function createAccounts(vydon: Vydon, access: Access): AccountRpcs {
  const { state, modes, stripe } = vydon;

  /** Bills a new team, in the cloud. The account stays if that fails, as on the real server. */
  function bill(account: AccountRow, caller: VydonCaller): { checkoutSessionUrl?: string } {
    if (!modes.cloud || account.stripeCustomerId !== null) return {};
    const context = "unable to upsert stripe customer id after account creation";
    refuseWithoutEmail(caller, context);
    state.accounts.update(account.id, { stripeCustomerId: stripe.newCustomer(context) });
    return { checkoutSessionUrl: stripe.newCheckoutUrl("unable to generate checkout session") };
  }

  function addPersonal(userId: string): AccountRow {
    const account = addAccount(vydon, { name: "personal", type: "personal" });
    addMember(state, account.id, userId, "admin");
    return account;
  }

  return {
    getUserAccounts(_request, { caller }) {
      return { accounts: access.accounts(caller).map(toAccount) };
    },

    createTeamAccount({ name }, { caller, userId }) {
      refuseTaken(access.accounts(caller), name);
      const account = addAccount(vydon, { name, type: "team" });
      const member = addMember(state, account.id, userId, null);
      const payment = bill(account, caller);
      // The server sets the role last: if billing fails, the maker of the team has none.
      state.members.update(member.id, { role: "admin" });
      return { accountId: account.id, ...payment };
    },

    setPersonalAccount(_request, { userId }) {
      const known = accountsOf(state, userId).find(isPersonal);
      if (known === undefined) return { accountId: addPersonal(userId).id };
      state.members.update(memberId(known.id, userId), { role: "admin" });
      return { accountId: known.id };
    },

    convertPersonalToTeamAccount({ accountId, name }, { caller, userId }) {
      const accounts = access.accounts(caller);
      const account =
        accountId === undefined
          ? accounts.find(isPersonal)
          : personalAccount(accountsOf(state, userId), accountId.toLowerCase());
      if (account === undefined) throw failure("unknown", "cannot parse UUID ");
      refuseTaken(accounts, name);
      state.accounts.update(account.id, { name, type: "team" });
      const { id } = addPersonal(userId);
      return { accountId: account.id, newPersonalAccountId: id, ...bill(account, caller) };
    },

    isUserInAccount({ accountId }, { caller }) {
      return { ok: access.isIn(caller, accountId) };
    },
  };
}

/** The billing provider needs an email, which only a user's token has. @throws ConnectError `unknown` for a key. */
export function refuseWithoutEmail({ kind }: VydonCaller, context: string): void {
  if (kind === "user") return;
  const reason = "unable to retrieve user email from auth token when creating stripe account";
  throw failure("unknown", `${context}: unable to get stripe customer id: ${reason}`);
}

function isPersonal({ type }: AccountRow): boolean {
  return type === "personal";
}

/** The personal account of this id. @throws ConnectError `not_found` if there is none. */
function personalAccount(accounts: readonly AccountRow[], accountId: string): AccountRow {
  const account = accounts.find(({ id }) => id === accountId);
  if (account === undefined) throw failure("not_found", "user is not in the provided account");
  if (!isPersonal(account)) throw failure("not_found", "account is not a personal account");
  return account;
}

function refuseTaken(accounts: readonly AccountRow[], name: string): void {
  if (accounts.some((account) => account.name.toLowerCase() === name.toLowerCase())) {
    throw failure("already_exists", `team account with the name ${name} already exists`);
  }
}
