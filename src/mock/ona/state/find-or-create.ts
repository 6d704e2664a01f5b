import { nameFromEmail } from "../../engine/email.js";
import type { OnaAccountRow } from "./rows.js";
import { accountByEmail, type Ona } from "./state.js";

/** Returns the account of the person with this email. Creates one if there is none. Letter case does not count. */
export function findOrCreatePerson(
  { state, clock, ids }: Ona,
  person: Pick<OnaAccountRow, "email"> & Partial<OnaAccountRow>,
): OnaAccountRow {
  const known = accountByEmail(state, person.email);
  if (known !== undefined) return known;
  const now = clock.now();
  return state.accounts.insert({
    id: person.id ?? ids.uuid(),
    name: nameFromEmail(person.email),
    avatarUrl: "",
    createdAt: now,
    updatedAt: now,
    organizationId: null,
    blockedFor: null,
    loginProvider: "github",
    environments: 0,
    subscriptions: 0,
    ...person,
  });
}
