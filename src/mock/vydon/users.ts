import type { Access } from "./access.js";
import type { Rpcs } from "./rpcs.js";
import type { Vydon, VydonCaller, VydonState } from "./state.js";

/** The caller: who they are, and registering. */
export function createUsers({ state }: Vydon, access: Access): Pick<Rpcs, "getUser" | "setUser"> {
  return {
    getUser(_request, caller) {
      return { userId: access.userId(caller) };
    },

    setUser(_request, caller) {
      return { userId: register(state, caller) };
    },
  };
}

/** Makes a signed-in user known; answers the id, the same each time. */
export function register(state: VydonState, caller: VydonCaller): string {
  const { kind, userId } = caller;
  if (kind === "user" && !state.users.has(userId)) {
    const [identity] = state.identities.by("email", caller.email);
    state.users.insert({
      id: userId,
      email: caller.email,
      name: identity?.name ?? "",
      image: identity?.image ?? "",
    });
  }
  return userId;
}
