import { UserService } from "../../../gen/gitpod/v1/user_pb.js";
import { failure } from "../engine/errors.js";
import type { OnaRpcs } from "./access/rpcs.js";
import { refuseLastAdmin } from "./members.js";
import { toUser } from "./messages.js";
import { deleteAccount } from "./state/accounts.js";
import { accountOf, deleteUser, isIn, membershipsOf, userOf } from "./state/members.js";
import type { OnaMemberRow, OnaOrganizationRow } from "./state/rows.js";
import type { Ona } from "./state/state.js";

const rpc = UserService.method;

/** Creates the RPCs for people as users of one organization. */
export function createUsers(ona: Ona, { access, signedIn, byUser }: OnaRpcs) {
  const { state } = ona;

  /** Returns a user of the organization. @throws ConnectError `not_found` if there is none with this id. */
  function find(userId: string, { id }: OnaOrganizationRow): OnaMemberRow {
    const user = userOf(state, userId);
    if (user?.organizationId !== id) throw notFound();
    return user;
  }

  return {
    getAuthenticatedUser: byUser(rpc.getAuthenticatedUser, "member", (_request, { member }) => ({
      user: toUser(state, member),
    })),

    getUser: byUser(rpc.getUser, "member", ({ userId }, { organization }) => ({
      user: toUser(state, find(userId, organization)),
    })),

    setSuspended: byUser(rpc.setSuspended, "admin", ({ userId, suspended }, { organization, member }) => {
      const user = find(userId, organization);
      if (!isIn(user)) throw notFound();
      if (suspended && user.id === member.id) {
        throw failure("failed_precondition", "users cannot suspend themselves");
      }
      state.members.update(user.id, { status: suspended ? "suspended" : "active" });
      return {};
    }),

    deleteUser: signedIn(rpc.deleteUser, ({ userId }, caller) => {
      const user = access.selfOrAsAdmin(caller, userId);
      if (user === undefined) throw notFound();
      const { id, organizationId } = accountOf(state, user);
      // An account that the organization's single sign-on created is deleted with the user.
      const isOwned = organizationId === user.organizationId;
      for (const member of isOwned ? membershipsOf(state, id) : [user]) refuseLastAdmin(state, member);
      if (isOwned) deleteAccount(ona, id);
      else deleteUser(ona, user);
      return {};
    }),
  };
}

function notFound() {
  return failure("not_found", "user not found");
}
