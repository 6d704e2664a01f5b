import { domainOf } from "../../engine/email.js";
import { type Given, withDefaults } from "../../engine/records.js";
import { deleteUser } from "./members.js";
import type { OnaAccountRow, OnaOrganizationRow } from "./rows.js";
import { type Ona, organizationTables } from "./state.js";

/** Adds an organization without members. @throws Error if its id is taken. */
export function addOrganization(
  { state, ids, clock }: Ona,
  organization: Pick<OnaOrganizationRow, "name" | "tier"> & Given<OnaOrganizationRow>,
): OnaOrganizationRow {
  const { id = ids.uuid(), createdAt = clock.now(), name, tier } = organization;
  if (state.organizations.has(id)) throw new Error(`there is an organization ${id} already`);
  const made: OnaOrganizationRow = {
    inviteDomains: [],
    inviteId: null,
    creditsEnabled: true,
    updatedAt: createdAt,
    name,
    tier,
    id,
    createdAt,
  };
  return state.organizations.insert(withDefaults(made, organization));
}

/** Changes an organization. Returns it. */
export function updateOrganization(
  { state, clock }: Ona,
  { id }: OnaOrganizationRow,
  changes: Partial<Pick<OnaOrganizationRow, "name" | "inviteDomains">>,
): OnaOrganizationRow {
  return state.organizations.update(id, { ...changes, updatedAt: clock.now() });
}

/** Replaces the invite link of an organization. Returns the id of the new one. */
export function renewInvite({ state, ids }: Ona, { id }: OnaOrganizationRow): string {
  const inviteId = ids.uuid();
  state.organizations.update(id, { inviteId });
  return inviteId;
}

/** Deletes an organization and everything in it. The accounts of its members stay. */
export function deleteOrganization(ona: Ona, { id }: OnaOrganizationRow): void {
  const { state } = ona;
  for (const member of state.members.by("organization", id)) deleteUser(ona, member);
  for (const name of organizationTables) {
    const table = state[name];
    for (const row of table.by("organization", id)) table.delete(row.id);
  }
  for (const account of state.accounts.all()) {
    if (account.organizationId === id) state.accounts.update(account.id, { organizationId: null });
  }
  state.organizations.delete(id);
}

/** Returns whether an organization is open to the domain of an account's email. */
export function isOpenTo({ inviteDomains }: OnaOrganizationRow, { email }: OnaAccountRow): boolean {
  return inviteDomains.includes(domainOf(email));
}
