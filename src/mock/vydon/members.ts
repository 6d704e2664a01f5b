import type { MessageInitShape } from "@bufbuild/protobuf";
import type { AccountUserSchema } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { Access } from "./access.js";
import { fromRole, toRole } from "./messages.js";
import type { Rpcs } from "./rpcs.js";
import { memberId, type Vydon } from "./state.js";

/** The members of team accounts. */
export function createMembers(
  { state, rbac }: Vydon,
  access: Access,
): Pick<Rpcs, "getTeamAccountMembers" | "removeTeamAccountMember" | "setUserRole"> {
  return {
    getTeamAccountMembers({ accountId }, caller) {
      access.team(caller, accountId, "view");
      const users: MessageInitShape<typeof AccountUserSchema>[] = [];
      for (const { userId, role } of state.members.by("account", accountId)) {
        const user = state.users.get(userId);
        if (user === undefined) continue;
        const { id, name, image, email } = user;
        users.push({ id, name, image, email, role: toRole(rbac ? role : null) });
      }
      return { users };
    },

    removeTeamAccountMember({ accountId, userId }, caller) {
      access.team(caller, accountId, "edit");
      state.members.delete(memberId(accountId, userId));
      return {};
    },

    setUserRole({ accountId, userId, role }, caller) {
      access.account(caller, accountId, "edit");
      const member = state.members.get(memberId(accountId, userId));
      if (member === undefined) throw failure("invalid_argument", "provided user id is not in account");
      const next = fromRole(role);
      if (next === undefined) throw failure("invalid_argument", "account role provided is not known");
      state.members.update(member.id, { role: next });
      return {};
    },
  };
}
