import type { ByToken, ByUser, Rpcs } from "./access/rpcs.js";
import type { Vydon, VydonCaller, VydonState } from "./state/state.js";

/** The caller: who they are. */
export const users: Rpcs<"getUser", ByUser> = {
  getUser(_request, { userId }) {
    return { userId };
  },
};

/** The caller, known or not: registering. */
export function createRegistration({ state }: Vydon): Rpcs<"setUser", ByToken> {
  return {
    setUser(_request, { caller }) {
      return { userId: register(state, caller) };
    },
  };
}

/** Makes a caller known who isn't yet. Returns their id, the same each time. */
export function register(state: VydonState, caller: VydonCaller): string {
  const { userId } = caller;
  if (!state.users.has(userId)) {
    const [identity] = caller.kind === "user" ? state.identities.by("email", caller.email) : [];
    state.users.insert({
      id: userId,
      email: identity?.email ?? "",
      name: identity?.name ?? "",
      image: identity?.image ?? "",
    });
  }
  return userId;
}
