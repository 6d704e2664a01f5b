import { OrganizationRole } from "../../gen/gitpod/v1/organization_pb.js";
import {
  ListMembersRequest_SortField,
  OrganizationService,
} from "../../gen/gitpod/v1/organization_service_pb.js";
import { SortOrder } from "../../gen/gitpod/v1/pagination_pb.js";
import { UserStatus } from "../../gen/gitpod/v1/user_pb.js";
import { defined, nothing } from "./against-protobuf-es.js";
import { each, isModel, type Model } from "./model-of.js";
import { type Args, ona, page, pagination } from "./ona-account-cases.js";

const { method } = OrganizationService;

const roles = { admin: OrganizationRole.ADMIN, member: OrganizationRole.MEMBER } as const;

const statusNumbers = {
  active: UserStatus.ACTIVE,
  suspended: UserStatus.SUSPENDED,
  left: UserStatus.LEFT,
} as const;

const sortFields = {
  name: ListMembersRequest_SortField.NAME,
  date_joined: ListMembersRequest_SortField.DATE_JOINED,
} as const;

const order = (descending: boolean | undefined) => (descending ? SortOrder.DESC : SortOrder.ASC);

const organizationId = ({ id }: Args) => ({ organizationId: id });
const inviteId = ({ id }: Args) => ({ inviteId: id });
const domainVerificationId = ({ id }: Args) => ({ domainVerificationId: id });
const domain = ({ domainVerification }: Model) => domainVerification;
const invite = ({ invite }: Model) => (isModel(invite) ? { id: invite["inviteId"] } : invite);
const member = ({ member }: Model) => memberOf(member);
const organization = ({ organization }: Model) => organizationOf(organization);

/** Returns a member with `fullName` renamed to `name`. */
function memberOf(member: unknown): unknown {
  if (!isModel(member)) return member;
  const { fullName, ...rest } = member;
  return { ...rest, name: fullName };
}

/** Returns an organization with its domains as a list. */
function organizationOf(organization: unknown): unknown {
  if (!isModel(organization)) return organization;
  const { inviteDomains, ...rest } = organization;
  return { ...rest, inviteDomains: isModel(inviteDomains) ? inviteDomains["domains"] : [] };
}

/** Every RPC of the OrganizationService. */
export const organizationCases = [
  ona(
    method.createOrganization,
    (c, { text, flag, optionalFlag }) =>
      c.organizations.create({ name: text, join: flag, inviteAccountsWithMatchingDomain: optionalFlag }),
    ({ text, flag, optionalFlag }) =>
      defined({ name: text, joinOrganization: flag, inviteAccountsWithMatchingDomain: optionalFlag }),
    ({ organization, member }) => ({
      ...(isModel(organization) && Object.assign({}, organizationOf(organization))),
      ...(isModel(member) && { member: memberOf(member) }),
    }),
  ),
  ona(method.getOrganization, (c, { id }) => c.organizations.get(id), organizationId, organization),
  ona(
    method.updateOrganization,
    (c, { id, inviteId: name, ids, flag }) =>
      c.organizations.update(id, { name, inviteDomains: flag ? ids : undefined }),
    ({ id, inviteId: name, ids, flag }) =>
      defined({ organizationId: id, name, inviteDomains: flag ? { domains: ids } : undefined }),
    organization,
  ),
  ona(method.deleteOrganization, (c, { id }) => c.organizations.delete(id), organizationId, nothing),
  ona(
    method.joinOrganization,
    (c, { id, flag }) => (flag ? c.invites.accept(id) : c.organizations.join(id)),
    ({ id, flag }) => ({
      joinId: flag
        ? ({ case: "inviteId", value: id } as const)
        : ({ case: "organizationId", value: id } as const),
    }),
    member,
  ),
  ona(
    method.listMembers,
    (c, all) =>
      c.members
        .list(all.id, {
          search: all.inviteId,
          statuses: all.statuses,
          roles: [all.role],
          userIds: all.ids,
          excludeGroupIds: [all.other],
          excludeMembersInAnyTeam: all.flag,
          sort: all.flag ? { field: all.memberField, descending: all.optionalFlag } : undefined,
          count: all.optionalFlag,
          ...page(all),
        })
        .then(({ items }) => items),
    (all) =>
      defined({
        organizationId: all.id,
        pagination: pagination(all),
        filter: defined({
          search: all.inviteId,
          statuses: all.statuses.map((status) => statusNumbers[status]),
          roles: [roles[all.role]],
          userIds: all.ids,
          excludeGroupIds: [all.other],
          excludeMembersInAnyTeam: all.flag,
        }),
        sort: all.flag ? { field: sortFields[all.memberField], order: order(all.optionalFlag) } : undefined,
        count: all.optionalFlag ? { include: true } : undefined,
      }),
    ({ members }) => each(members, memberOf),
  ),
  ona(
    method.setRole,
    (c, { id, other, role }) => c.members.setRole(id, other, role),
    ({ id, other, role }) => ({ organizationId: id, userId: other, role: roles[role] }),
    nothing,
  ),
  ona(
    method.leaveOrganization,
    (c, { id, other }) => c.members.remove(id, other),
    ({ other }) => ({ userId: other }),
    nothing,
  ),
  ona(method.createOrganizationInvite, (c, { id }) => c.invites.create(id), organizationId, invite),
  ona(method.getOrganizationInvite, (c, { id }) => c.invites.get(id), organizationId, invite),
  ona(method.getOrganizationInviteSummary, (c, { id }) => c.invites.summary(id), inviteId),
  ona(
    method.createDomainVerification,
    (c, { id, text }) => c.domains.create(id, { domain: text }),
    ({ id, text }) => ({ organizationId: id, domain: text }),
    domain,
  ),
  ona(method.getDomainVerification, (c, { id }) => c.domains.get(id), domainVerificationId, domain),
  ona(
    method.listDomainVerifications,
    (c, all) => c.domains.list(all.id, page(all)).then(({ items }) => items),
    (all) => ({ organizationId: all.id, pagination: pagination(all) }),
    ({ domainVerifications }) => domainVerifications,
  ),
  ona(method.verifyDomain, (c, { id }) => c.domains.verify(id), domainVerificationId, domain),
  ona(method.deleteDomainVerification, (c, { id }) => c.domains.delete(id), domainVerificationId, nothing),
];
