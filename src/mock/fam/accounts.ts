import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { failure } from "../engine/errors.js";
import type { FamRpcs } from "./access/rpcs.js";
import { fromType, toAccount, toNewAccount, toType } from "./messages.js";
import { addAccount, addMember, deleteAccount, type Fam } from "./state/state.js";

const rpc = AccountService.method;
const idOf = ({ id }: { readonly id: string }) => id;

/** Creates the RPCs for accounts and the caller's permissions in them. */
export function createAccounts(fam: Fam, { access, signedIn, forAccount }: FamRpcs) {
  const { state, clock } = fam;

  return {
    createAccount: signedIn(rpc.createAccount, ({ name, type }, { userId }) => {
      const account = addAccount(fam, { name, type: fromType(type) ?? "ad_account" });
      addMember(fam, { accountId: account.id, userId, relations: ["owner"] });
      return toNewAccount(account);
    }),

    getAccount: forAccount(rpc.getAccount, { idOf, permission: "account.read" }, (_request, { account }) => ({
      account: toAccount(account),
    })),

    updateAccount: forAccount(
      rpc.updateAccount,
      { idOf, permission: "account.update" },
      ({ name }, { account: { id } }) => ({
        account: toAccount(state.accounts.update(id, { name, updatedAt: clock.now() })),
      }),
    ),

    deleteAccount: forAccount(
      rpc.deleteAccount,
      { idOf, permission: "account.delete" },
      (_request, { account }) => {
        deleteAccount(fam, account);
        return {};
      },
    ),

    listMyPermissions: signedIn(rpc.listMyPermissions, (_request, { userId }) => {
      const user = state.users.get(userId);
      if (user === undefined) throw failure("unauthenticated", "the token's user no longer exists");
      const accounts = [...state.accounts.all()].flatMap((account) => {
        const permissions = access.permissions(access.relations(account, userId));
        const { id: accountId, name, type } = account;
        return permissions.length === 0 ? [] : { accountId, name, type: toType(type), permissions };
      });
      return { userId, accounts, rootPermissions: [...user.rootPermissions] };
    }),
  };
}
