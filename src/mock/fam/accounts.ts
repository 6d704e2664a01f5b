import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { failure } from "../engine/errors.js";
import type { FamRpcs } from "./access/rpcs.js";
import { fromType, toAccount, toNewAccount, toType } from "./messages.js";
import { addAccount, addMember, type Fam } from "./state/state.js";

const rpc = AccountService.method;

/** Accounts, and what the caller may do in them. */
export function createAccounts(fam: Fam, { access, signedIn }: FamRpcs) {
  const { state, clock } = fam;

  return {
    createAccount: signedIn(rpc.createAccount, ({ name, type }, { userId }) => {
      const account = addAccount(fam, { name, type: fromType(type) ?? "ad_account" });
      addMember(fam, { accountId: account.id, userId, relations: ["owner"] });
      return toNewAccount(account);
    }),

    getAccount: signedIn(rpc.getAccount, ({ id }, caller) => ({
      account: toAccount(access.account(caller, id, "take_part")),
    })),

    updateAccount: signedIn(rpc.updateAccount, ({ id, name }, caller) => {
      access.account(caller, id, "take_part");
      return { account: toAccount(state.accounts.update(id, { name, updatedAt: clock.now() })) };
    }),

    deleteAccount: signedIn(rpc.deleteAccount, ({ id }, caller) => {
      access.account(caller, id, "own");
      for (const account of [...state.accounts.all()]) {
        if (account.hierarchy.includes(id)) removeAccount(fam, account.id);
      }
      return {};
    }),

    listMyPermissions: signedIn(rpc.listMyPermissions, (_request, { userId }) => {
      const user = state.users.get(userId);
      if (user === undefined) throw failure("unauthenticated", "the token's user is gone");
      const accounts = [...state.accounts.all()].flatMap((account) => {
        const permissions = access.permissions(access.relations(account, userId));
        const { id: accountId, name, type } = account;
        return permissions.length === 0 ? [] : { accountId, name, type: toType(type), permissions };
      });
      return { userId, accounts, rootPermissions: [...user.rootPermissions] };
    }),
  };
}

/** Removes an account and everything that belongs to it. */
function removeAccount({ state }: Fam, accountId: string): void {
  for (const { id } of state.members.by("account", accountId)) state.members.delete(id);
  for (const { id } of state.invites.by("account", accountId)) state.invites.delete(id);
  for (const { id } of state.paymentConfigurations.by("account", accountId)) {
    for (const card of state.cards.by("configuration", id)) state.cards.delete(card.id);
    state.paymentConfigurations.delete(id);
  }
  state.accounts.delete(accountId);
}
