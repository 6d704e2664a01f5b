import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import { edit, type VydonRpcs, view } from "./access/rpcs.js";
import { fromRole, toMember, unmappedRole } from "./messages.js";
import { memberId, membershipOf, type Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** Creates the RPCs for the members of accounts. */
export function createMembers({ state, modes }: Vydon, { forAccount }: VydonRpcs) {
  return {
    getTeamAccountMembers: forAccount(
      rpc.getTeamAccountMembers,
      { ...view, team: true },
      (_request, { account }) => {
        // The real server returns only the members of teams: the list of an enterprise account is empty.
        const members = account.type === "enterprise" ? [] : state.members.by("account", account.id);
        const users = members.flatMap(({ userId, role }) => {
          const user = state.users.get(userId);
          // The real server looks members up at the identity provider, which has no users of API keys. They have no email.
          return user === undefined || user.email === "" ? [] : toMember(user, modes.rbac ? role : null);
        });
        return { users };
      },
    ),

    removeTeamAccountMember: forAccount(
      rpc.removeTeamAccountMember,
      { ...edit, team: true },
      ({ userId }, { account }) => {
        state.members.delete(memberId(account.id, userId.toLowerCase()));
        return {};
      },
    ),

    setUserRole: forAccount(rpc.setUserRole, edit, ({ userId, role }, { account }) => {
      const member = membershipOf(state, account.id, userId.toLowerCase());
      if (member === undefined) throw failure("invalid_argument", "provided user id is not in account");
      if (!modes.rbac) return {};
      const next = fromRole(role);
      if (next === undefined) throw failure("unknown", unmappedRole(role));
      state.members.update(member.id, { role: next });
      return {};
    }),
  };
}
