import { nameFromEmail } from "../../engine/email.js";
import { type Given, withDefaults } from "../../engine/records.js";
import type { OnaAccountRow } from "./rows.js";
import { accountByEmail, type Ona } from "./state.js";

/** Returns the account of the person with this email. Creates one if there is none. Letter case does not count. */
export function findOrCreatePerson(
  { state, clock, ids }: Ona,
  person: Pick<OnaAccountRow, "email"> & Given<OnaAccountRow>,
): OnaAccountRow {
  const known = accountByEmail(state, person.email);
  if (known !== undefined) return known;
  const now = clock.now();
  const made: OnaAccountRow = {
    id: ids.uuid(),
    name: nameFromEmail(person.email),
    avatarUrl: "",
    createdAt: now,
    updatedAt: now,
    organizationId: null,
    blockedFor: null,
    loginProvider: "github",
    environments: 0,
    subscriptions: 0,
    email: person.email,
  };
  return state.accounts.insert(withDefaults(made, person));
}
