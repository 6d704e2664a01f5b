import {
  type ListMembersRequest,
  OrganizationService,
  ListMembersRequest_SortField as SortField,
} from "../../../gen/gitpod/v1/organization_service_pb.js";
import { CountResponseRelation, SortOrder } from "../../../gen/gitpod/v1/pagination_pb.js";
import { compare } from "../engine/compare.js";
import { failure } from "../engine/errors.js";
import { admin, member, type OnaRpcs } from "./access/rpcs.js";
import { fromRole, fromStatus, toMember } from "./messages.js";
import { pageOf } from "./pages.js";
import { accountOf, adminsOf, endMembership, isIn, userOf } from "./state/members.js";
import type { OnaMemberRow } from "./state/rows.js";
import type { Ona, OnaState } from "./state/state.js";

const rpc = OrganizationService.method;
const exact = CountResponseRelation.EQ;

/** Creates the RPCs for the members of organizations. */
export function createMembers(ona: Ona, { access, signedIn, forOrganization }: OnaRpcs) {
  const { state } = ona;

  return {
    listMembers: forOrganization(rpc.listMembers, member, (request, { organization, member: self }) => {
      const { filter, sort, count, pagination } = request;
      const all = state.members.by("organization", organization.id);
      const rows = sortMembers(state, all, sort, self).filter((row) => matches(state, row, filter));
      const list = `members/${organization.id}/${self.userId}/${JSON.stringify([filter, sort])}`;
      const page = pageOf(ona, rows, { list, pagination });
      const isFirst = (pagination?.token ?? "") === "";
      return {
        pagination: page.pagination,
        members: page.rows.map((row) => toMember(state, row)),
        ...(isFirst && count?.include && { count: { value: rows.length, relation: exact } }),
      };
    }),

    setRole: forOrganization(rpc.setRole, admin, ({ userId, role }, { organization }) => {
      const next = fromRole(role);
      if (next === undefined) throw failure("invalid_argument", "role must be admin or member");
      const target = userOf(state, userId);
      if (target === undefined || !isIn(target) || target.organizationId !== organization.id)
        throw notFound();
      if (next !== "admin") refuseLastAdmin(state, target);
      state.members.update(target.id, { role: next });
      return {};
    }),

    leaveOrganization: signedIn(rpc.leaveOrganization, ({ userId }, caller) => {
      const target = access.selfOrAsAdmin(caller, userId);
      if (target === undefined || !isIn(target)) throw notFound();
      refuseLastAdmin(state, target);
      endMembership(ona, target);
      return {};
    }),
  };
}

/**
 * Checks that an organization has an admin without this member. @throws ConnectError `failed_precondition` if it has no
 * other admin.
 */
export function refuseLastAdmin(state: OnaState, member: OnaMemberRow): void {
  const admins = adminsOf(state, member.organizationId);
  if (admins.length === 1 && admins[0]?.id === member.id) {
    throw failure(
      "failed_precondition",
      "the organization must keep an admin: make another member an admin first",
    );
  }
}

function notFound() {
  return failure("not_found", "member not found");
}

/** Sorts members by one field, by name if only an order is given. Without a sort, the caller comes first, and the others follow by name. */
function sortMembers(
  state: OnaState,
  members: readonly OnaMemberRow[],
  sort: ListMembersRequest["sort"],
  self: OnaMemberRow,
): OnaMemberRow[] {
  const isSorted =
    sort !== undefined && (sort.field !== SortField.UNSPECIFIED || sort.order !== SortOrder.UNSPECIFIED);
  const sign = sort?.order === SortOrder.DESC ? -1 : 1;
  const keyed = members.map((row) => {
    const name = accountOf(state, row).name.toLowerCase();
    if (sort?.field === SortField.DATE_JOINED) return { row, key: row.memberSince };
    // An empty key sorts the caller first, even before a member without a name.
    return { row, key: !isSorted && row.id === self.id ? "" : `~${name}` };
  });
  keyed.sort((a, b) => sign * compare(a.key, b.key));
  return keyed.map(({ row }) => row);
}

/**
 * Returns whether a member matches a filter. Members who have left match only if the filter names their status. The mock has no groups and
 * no teams.
 */
function matches(state: OnaState, row: OnaMemberRow, filter: ListMembersRequest["filter"]): boolean {
  const { search = "", statuses = [], roles = [], userIds = [] } = filter ?? {};
  const { name, email } = accountOf(state, row);
  const part = search.toLowerCase();
  return (
    (statuses.length === 0 ? isIn(row) : statuses.some((status) => fromStatus(status) === row.status)) &&
    (roles.length === 0 || roles.some((role) => fromRole(role) === row.role)) &&
    (userIds.length === 0 || userIds.includes(row.userId)) &&
    (name.toLowerCase().includes(part) || email.toLowerCase().includes(part))
  );
}
