import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { failure } from "../engine/errors.js";
import type { OnaRpcs } from "./access/rpcs.js";
import { toAccount, toJoinable } from "./messages.js";
import { pageOf } from "./pages.js";
import { blockAccount, deleteAccount, unblockAccount } from "./state/accounts.js";
import { membershipOf, membershipsOf } from "./state/members.js";
import { isOpenTo } from "./state/organizations.js";
import type { Ona } from "./state/state.js";

const rpc = AccountService.method;

/** Creates the RPCs for people's accounts, and for the organizations that they can join. */
export function createAccounts(ona: Ona, { access, signedIn }: OnaRpcs) {
  const { state } = ona;

  return {
    getAccount: signedIn(rpc.getAccount, (_request, caller) => ({
      account: toAccount(state, access.account(caller.accountId)),
    })),

    deleteAccount: signedIn(rpc.deleteAccount, ({ accountId }, caller) => {
      const account = access.account(accountId);
      if (account.id !== caller.accountId) {
        throw failure("permission_denied", "only its owner can delete an account");
      }
      if (membershipsOf(state, account.id).length > 0) {
        throw failure("failed_precondition", "account is still a member of an organization");
      }
      deleteAccount(ona, account.id);
      return {};
    }),

    blockAccount: signedIn(rpc.blockAccount, ({ accountId, reason }) =>
      blockAccount(ona, access.account(accountId), reason),
    ),

    unblockAccount: signedIn(rpc.unblockAccount, ({ accountId }) => {
      unblockAccount(ona, access.account(accountId));
      return {};
    }),

    listJoinableOrganizations: signedIn(rpc.listJoinableOrganizations, ({ pagination }, caller) => {
      const account = access.account(caller.accountId);
      const page = pageOf(ona, [...state.organizations.all()], {
        list: `joinable/${account.id}`,
        pagination,
        accept: (organization) =>
          isOpenTo(organization, account) && membershipOf(state, organization.id, account.id) === undefined,
      });
      return {
        joinableOrganizations: page.rows.map((row) => toJoinable(state, row)),
        pagination: page.pagination,
      };
    }),
  };
}
