import { OrganizationService } from "../../../gen/gitpod/v1/organization_service_pb.js";
import { domainOf, isPublicDomain } from "../engine/email.js";
import { failure } from "../engine/errors.js";
import { admin, member, type OnaRpcs } from "./access/rpcs.js";
import { toMember, toOrganization } from "./messages.js";
import { isVerified } from "./state/domains.js";
import { addMember, membershipOf } from "./state/members.js";
import { addOrganization, deleteOrganization, isOpenTo, updateOrganization } from "./state/organizations.js";
import type { OnaAccountRow, OnaOrganizationRow } from "./state/rows.js";
import type { Ona } from "./state/state.js";

const rpc = OrganizationService.method;

/** Creates the RPCs for organizations. */
export function createOrganizations(ona: Ona, { access, signedIn, forOrganization }: OnaRpcs) {
  const { state } = ona;

  /** Returns the domain of an account's email. @throws ConnectError `failed_precondition` if anyone can get an email of this domain. */
  function ownDomain({ email }: OnaAccountRow): string {
    const domain = domainOf(email);
    if (isPublicDomain(domain)) {
      throw failure(
        "failed_precondition",
        `anyone can get an email of ${domain}, so it cannot open an organization`,
      );
    }
    return domain;
  }

  /**
   * Returns the organization with this id.
   *
   * @throws ConnectError `not_found` if there is none, `permission_denied` if the account is not a member and may not join it by its email
   * domain.
   */
  function joinableOrganization(organizationId: string, account: OnaAccountRow): OnaOrganizationRow {
    const organization = access.organization(organizationId);
    if (!isOpenTo(organization, account) && membershipOf(state, organization.id, account.id) === undefined) {
      throw failure("permission_denied", "the domain of the account's email may not join the organization");
    }
    return organization;
  }

  return {
    createOrganization: signedIn(rpc.createOrganization, (request, caller) => {
      const account = access.account(caller.accountId);
      const { name, joinOrganization, inviteAccountsWithMatchingDomain } = request;
      const inviteDomains = inviteAccountsWithMatchingDomain ? [ownDomain(account)] : [];
      const organization = addOrganization(ona, { name, tier: "free_ona", inviteDomains });
      return {
        organization: toOrganization(organization),
        ...(joinOrganization && {
          member: toMember(state, addMember(ona, organization.id, account, "admin")),
        }),
      };
    }),

    getOrganization: forOrganization(rpc.getOrganization, member, (_request, { organization }) => ({
      organization: toOrganization(organization),
    })),

    updateOrganization: forOrganization(rpc.updateOrganization, admin, (request, { organization }) => {
      const { name = organization.name, inviteDomains } = request;
      if (name === "") throw failure("invalid_argument", "name must not be empty");
      const domains = new Set(inviteDomains?.domains.map((domain) => domain.toLowerCase()));
      for (const domain of domains) {
        if (isVerified(state, organization.id, domain)) continue;
        throw failure("failed_precondition", `the organization has not verified the domain ${domain}`);
      }
      const changed = updateOrganization(ona, organization, {
        name,
        ...(inviteDomains !== undefined && { inviteDomains: [...domains] }),
      });
      return { organization: toOrganization(changed) };
    }),

    deleteOrganization: forOrganization(rpc.deleteOrganization, admin, (_request, { organization }) => {
      deleteOrganization(ona, organization);
      return {};
    }),

    joinOrganization: signedIn(
      rpc.joinOrganization,
      ({ joinId }, caller) => {
        const account = access.account(caller.accountId);
        if (joinId.case === undefined) {
          throw failure("invalid_argument", "give the id of an organization or of an invite");
        }
        const { id } =
          joinId.case === "inviteId"
            ? access.organizationOfInvite(joinId.value)
            : joinableOrganization(joinId.value, account);
        const joined = membershipOf(state, id, account.id) ?? addMember(ona, id, account, "member");
        return { member: toMember(state, joined) };
      },
      ({ joinId }) => (joinId.case === "organizationId" ? joinId.value : undefined),
    ),
  };
}
