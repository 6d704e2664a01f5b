import type { MessageInitShape } from "@bufbuild/protobuf";
import { type AccountUserSchema, UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import { edit, type VydonRpcs, view } from "./access/rpcs.js";
import { fromRole, toRole, unmappedRole } from "./messages.js";
import { memberId, type Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** The members of accounts. */
export function createMembers({ state, modes }: Vydon, { forAccount }: VydonRpcs) {
  return {
    getTeamAccountMembers: forAccount(
      rpc.getTeamAccountMembers,
      { ...view, team: true },
      (_request, { account }) => {
        const users: MessageInitShape<typeof AccountUserSchema>[] = [];
        // The real server returns only the members of teams: the list of an enterprise account is empty.
        if (account.type === "enterprise") return { users };
        for (const { userId, role } of state.members.by("account", account.id)) {
          const user = state.users.get(userId);
          // The identity provider does not know the user of an API key, which has no email.
          if (user === undefined || user.email === "") continue;
          const { id, name, image, email } = user;
          users.push({ id, name, image, email, role: toRole(modes.rbac ? role : null) });
        }
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
      const member = state.members.get(memberId(account.id, userId.toLowerCase()));
      if (member === undefined) throw failure("invalid_argument", "provided user id is not in account");
      if (!modes.rbac) return {};
      const next = fromRole(role);
      if (next === undefined) throw failure("unknown", unmappedRole(role));
      state.members.update(member.id, { role: next });
      return {};
    }),
  };
}
