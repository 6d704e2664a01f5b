import { nameFromEmail } from "../../engine/email.js";
import type { IdentityRow, VydonCaller, VydonHolder } from "./rows.js";
import type { Vydon, VydonState } from "./state.js";

/** Finds the person with this email, or creates one who can sign in. Letter case counts. */
export function findOrCreatePerson(
  { state, ids }: Vydon,
  person: Pick<IdentityRow, "email"> & Partial<IdentityRow>,
): IdentityRow {
  const [known] = state.identities.by("email", person.email);
  return (
    known ??
    state.identities.insert({
      id: `auth0|${ids.token(24)}`,
      userId: ids.uuid(),
      name: nameFromEmail(person.email),
      image: "",
      ...person,
    })
  );
}

/** A person as the caller of RPCs. */
export function callerOf({ userId, email }: IdentityRow): VydonHolder & { kind: "user" } {
  return { kind: "user", userId, email };
}

/** Finds the user of a caller, or creates it. Returns the user's id. */
export function findOrCreateUser(state: VydonState, caller: VydonCaller): string {
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
