import { nameFromEmail } from "../../engine/email.js";
import { type Given, withDefaults } from "../../engine/records.js";
import type { FamUserRow } from "./rows.js";
import { type Fam, userByEmail } from "./state.js";

/** Returns the person with this email. Creates a user if there is none. Letter case does not count. */
export function findOrCreatePerson(
  { state, clock, ids }: Fam,
  person: Pick<FamUserRow, "email"> & Given<FamUserRow>,
): FamUserRow {
  const known = userByEmail(state, person.email);
  if (known !== undefined) return known;
  const [firstName = "", ...rest] = nameFromEmail(person.email).split(" ");
  const made: FamUserRow = {
    id: ids.ulid(clock.now()),
    firstName,
    lastName: rest.join(" "),
    rootPermissions: [],
    email: person.email,
  };
  return state.users.insert(withDefaults(made, person));
}
