import { updateOrganization } from "./organizations.js";
import type { OnaDomainRow, OnaOrganizationRow } from "./rows.js";
import type { Ona, OnaState } from "./state.js";

/** Adds a domain of an organization, verified or still to be verified. @throws Error if its id is taken. */
export function addDomain(
  { state, ids, clock }: Ona,
  { id: organizationId }: OnaOrganizationRow,
  made: { domain: string; id?: string | undefined; isVerified?: boolean },
): OnaDomainRow {
  const { domain, id = ids.uuid(), isVerified = false } = made;
  if (state.domains.has(id)) throw new Error(`there is a domain verification ${id} already`);
  const now = clock.now();
  return state.domains.insert({
    id,
    organizationId,
    domain: domain.toLowerCase(),
    verificationToken: `ona-verification-${ids.token(32)}`,
    createdAt: now,
    isProved: isVerified,
    verifiedAt: isVerified ? now : null,
  });
}

/** Returns whether an organization has verified a domain. */
export function isVerified(state: OnaState, organizationId: string, domain: string): boolean {
  const rows = state.domains.by("organization", organizationId);
  return rows.some((row) => row.domain === domain && row.verifiedAt !== null);
}

/** Deletes a domain. If it was verified, people with an email of this domain can no longer join without an invite. */
export function deleteDomain(ona: Ona, { id, organizationId, domain, verifiedAt }: OnaDomainRow): void {
  const { state } = ona;
  state.domains.delete(id);
  const organization = state.organizations.get(organizationId);
  if (organization === undefined || verifiedAt === null || isVerified(state, organizationId, domain)) return;
  const inviteDomains = organization.inviteDomains.filter((open) => open !== domain);
  if (inviteDomains.length < organization.inviteDomains.length) {
    updateOrganization(ona, organization, { inviteDomains });
  }
}
