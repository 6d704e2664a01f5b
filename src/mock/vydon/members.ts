import type { MessageInitShape } from "@bufbuild/protobuf";
import type { AccountUserSchema } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { ForAccount, Rpcs } from "./access/rpcs.js";
import { fromRole, toRole, unmappedRole } from "./messages.js";
import { memberId, type Vydon } from "./state/state.js";

type MemberRpcs = Rpcs<"getTeamAccountMembers" | "removeTeamAccountMember" | "setUserRole", ForAccount>;

/** The members of accounts. */
export function createMembers({ state, modes }: Vydon): MemberRpcs {
  return {
    getTeamAccountMembers(_request, { account }) {
      const users: MessageInitShape<typeof AccountUserSchema>[] = [];
      // The real server looks for the members of teams alone, so an enterprise account lists nobody.
      if (account.type === "enterprise") return { users };
      for (const { userId, role } of state.members.by("account", account.id)) {
        const user = state.users.get(userId);
        // The user of an API key, which has no email, is nobody that the identity provider knows.
        if (user === undefined || user.email === "") continue;
        const { id, name, image, email } = user;
        users.push({ id, name, image, email, role: toRole(modes.rbac ? role : null) });
      }
      return { users };
    },

    removeTeamAccountMember({ userId }, { account }) {
      state.members.delete(memberId(account.id, userId.toLowerCase()));
      return {};
    },

    setUserRole({ userId, role }, { account }) {
      const member = state.members.get(memberId(account.id, userId.toLowerCase()));
      if (member === undefined) throw failure("invalid_argument", "provided user id is not in account");
      if (!modes.rbac) return {};
      const next = fromRole(role);
      if (next === undefined) throw failure("unknown", unmappedRole(role));
      state.members.update(member.id, { role: next });
      return {};
    },
  };
}
