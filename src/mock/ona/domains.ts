import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { failure } from "../engine/errors.js";
import { admin, member, type OnaRpcs } from "./access/rpcs.js";
import { toDomain } from "./messages.js";
import { pageOf } from "./pages.js";
import { addDomain, deleteDomain } from "./state/domains.js";
import type { OnaDomainRow, OnaOrganizationRow } from "./state/rows.js";
import type { Ona } from "./state/state.js";

const rpc = OrganizationService.method;

/** Creates the RPCs for the email domains of organizations. Every member may read them, and admins may change them. */
export function createDomains(ona: Ona, { byUser, forOrganization }: OnaRpcs) {
  const { state, clock } = ona;

  /** Returns a domain of the organization. @throws ConnectError `not_found` if there is none with this id. */
  function find(domainVerificationId: string, { id }: OnaOrganizationRow): OnaDomainRow {
    const domain = state.domains.get(domainVerificationId);
    if (domain?.organizationId !== id) throw failure("not_found", "domain verification not found");
    return domain;
  }

  return {
    createDomainVerification: forOrganization(
      rpc.createDomainVerification,
      admin,
      ({ domain }, { organization }) => ({
        domainVerification: toDomain(addDomain(ona, organization, { domain })),
      }),
    ),

    getDomainVerification: byUser(
      rpc.getDomainVerification,
      "member",
      ({ domainVerificationId }, { organization }) => ({
        domainVerification: toDomain(find(domainVerificationId, organization)),
      }),
    ),

    listDomainVerifications: forOrganization(
      rpc.listDomainVerifications,
      member,
      ({ pagination }, { organization: { id } }) => {
        const page = pageOf(ona, state.domains.by("organization", id), { list: `domains/${id}`, pagination });
        return { domainVerifications: page.rows.map(toDomain), pagination: page.pagination };
      },
    ),

    verifyDomain: byUser(rpc.verifyDomain, "admin", ({ domainVerificationId }, { organization }) => {
      const domain = find(domainVerificationId, organization);
      const isNew = domain.isProved && domain.verifiedAt === null;
      const verified = isNew ? state.domains.update(domain.id, { verifiedAt: clock.now() }) : domain;
      return { domainVerification: toDomain(verified) };
    }),

    deleteDomainVerification: byUser(
      rpc.deleteDomainVerification,
      "admin",
      ({ domainVerificationId }, { organization }) => {
        deleteDomain(ona, find(domainVerificationId, organization));
        return {};
      },
    ),
  };
}
