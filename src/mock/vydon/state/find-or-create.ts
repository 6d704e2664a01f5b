import { nameOf } from "../../engine/email.js";
import { register } from "../users.js";
import type { IdentityRow, Vydon, VydonHolder } from "./state.js";

/** Somebody who can sign in: who has this email, or somebody new. */
export function identify(
  { state, ids }: Vydon,
  person: Pick<IdentityRow, "email"> & Partial<IdentityRow>,
): IdentityRow {
  const [known] = state.identities.by("email", person.email);
  return (
    known ??
    state.identities.insert({
      id: `auth0|${ids.token(24)}`,
      userId: ids.uuid(),
      name: nameOf(person.email),
      image: "",
      ...person,
    })
  );
}

/** The person as one who calls. */
export function callerOf({ userId, email }: IdentityRow): VydonHolder & { kind: "user" } {
  return { kind: "user", userId, email };
}

/** Registers the person; returns their user id. */
export function enroll(vydon: Vydon, identity: IdentityRow): string {
  return register(vydon.state, callerOf(identity));
}

/** A new API key's holder: a user of its own, who is not a member of the account. */
export function newKeyHolder({ state, ids }: Vydon, accountId: string): VydonHolder & { kind: "api_key" } {
  const userId = ids.uuid();
  state.users.insert({ id: userId, email: "", name: "", image: "" });
  return { kind: "api_key", userId, accountId, keyId: ids.uuid() };
}
