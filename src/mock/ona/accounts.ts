import { failure } from "../engine/errors.js";
import type { Access } from "./access/access.js";
import type { Rpcs } from "./access/rpcs.js";
import { toAccount, toJoinable } from "./messages.js";
import { pageOf } from "./pages.js";
import { blockAccount, unblockAccount } from "./state/find-or-create.js";
import { memberId, type Ona, openTo } from "./state/state.js";

type AccountRpcs = Pick<
  Rpcs,
  "getAccount" | "deleteAccount" | "blockAccount" | "unblockAccount" | "listJoinableOrganizations"
>;

/** People's accounts. */
export function createAccounts(ona: Ona, access: Access): AccountRpcs {
  const { state } = ona;

  return {
    getAccount(_request, caller) {
      return { account: toAccount(state, access.account(caller.accountId)) };
    },

    deleteAccount({ accountId }, caller) {
      const account = access.account(accountId);
      if (account.id !== caller.accountId) {
        throw failure("permission_denied", "an account can be deleted by its owner alone");
      }
      if (state.members.by("account", account.id).length > 0) {
        throw failure("failed_precondition", "account is still an active member of an organization");
      }
      state.accounts.delete(account.id);
      return {};
    },

    blockAccount({ accountId, reason }) {
      const account = access.account(accountId);
      if (reason === "") throw failure("invalid_argument", "must provide a reason");
      return blockAccount(ona, account, reason);
    },

    unblockAccount({ accountId }) {
      unblockAccount(ona, access.account(accountId));
      return {};
    },

    listJoinableOrganizations({ pagination }, caller) {
      const account = access.account(caller.accountId);
      const page = pageOf(ona, openTo(state, account), {
        list: `joinable/${account.id}`,
        pagination,
        accept: ({ id }) => !state.members.has(memberId(id, account.id)),
      });
      return {
        joinableOrganizations: page.rows.map((row) => toJoinable(state, row)),
        pagination: page.pagination,
      };
    },
  };
}
