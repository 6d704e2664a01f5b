import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { VydonRpcs } from "./access/rpcs.js";
import { findOrCreateUser } from "./state/find-or-create.js";
import type { Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** Creates the RPCs for the caller's user. */
export function createUsers({ state }: Vydon, { signedIn, byUser }: VydonRpcs) {
  return {
    getUser: byUser(rpc.getUser, {}, (_request, { userId }) => ({ userId })),

    setUser: signedIn(rpc.setUser, (_request, caller) => ({ userId: findOrCreateUser(state, caller) })),
  };
}
