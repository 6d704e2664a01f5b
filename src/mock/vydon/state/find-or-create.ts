import { nameFromEmail } from "../../engine/email.js";
import { type Given, withDefaults } from "../../engine/records.js";
import type { IdentityRow, VydonCaller, VydonHolder } from "./rows.js";
import { identityByEmail, type Vydon, type VydonState } from "./state.js";

/** Returns the person with this email. If there is none, creates a person who can sign in. Letter case counts. */
export function findOrCreatePerson(
  { state, ids }: Vydon,
  person: Pick<IdentityRow, "email"> & Given<IdentityRow>,
): IdentityRow {
  const known = identityByEmail(state, person.email);
  if (known !== undefined) return known;
  const made: IdentityRow = {
    id: `auth0|${ids.token(24)}`,
    userId: ids.uuid(),
    name: nameFromEmail(person.email),
    image: "",
    email: person.email,
  };
  return state.identities.insert(withDefaults(made, person));
}

/** Returns a person as the caller of RPCs. */
export function callerOf({ userId, email }: IdentityRow): VydonHolder & { kind: "user" } {
  return { kind: "user", userId, email };
}

/** Returns the id of the caller's user. Creates the user if there is none. */
export function findOrCreateUser(state: VydonState, caller: VydonCaller): string {
  const { userId } = caller;
  if (!state.users.has(userId)) {
    const identity = caller.kind === "user" ? identityByEmail(state, caller.email) : undefined;
    state.users.insert({
      id: userId,
      email: identity?.email ?? "",
      name: identity?.name ?? "",
      image: identity?.image ?? "",
    });
  }
  return userId;
}
