import { leaveOrganization, listMembers, setRole } from "../../gen/gitpod/v1/organization_service_methods.js";
import type { ListMembersRequestJson } from "../../gen/gitpod/v1/organization_service_pb.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { flag, listOf, required, requiredText } from "../core/checks/arguments.js";
import { type Checks, checkedElsewhere } from "../core/checks/check-options.js";
import { callChecks } from "../core/checks/option-checks.js";
import { nothing } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listByToken } from "../core/lists/list-by-token.js";
import { memberSortFields, type OnaMember, toMember } from "./models/member.js";
import { fromOrder, type OnaOrder } from "./models/order.js";
import { type OnaAssignableRole, organizationRoles } from "./models/organization.js";
import { inPage, toTotal } from "./models/page.js";
import { type OnaSearchableStatus, userStatuses } from "./models/user.js";

/** The members to list, and their order. A member must match all filters. */
export interface OnaMemberSearch {
  /** A part of a name or an email, of up to 256 characters, in any letter case. Default: any. An empty string is not sent. */
  readonly search?: string | undefined;
  /** Only members with one of these statuses. Default: all except "left". */
  readonly statuses?: readonly OnaSearchableStatus[] | undefined;
  /** Only members with one of these roles. Default: all. */
  readonly roles?: readonly OnaAssignableRole[] | undefined;
  /** Only members with one of these user ids, up to 25. Default: all. */
  readonly userIds?: readonly string[] | undefined;
  /** Leaves out members of these groups, up to 25. Default: none. */
  readonly excludeGroupIds?: readonly string[] | undefined;
  /** Leaves out members of any team. Default false. */
  readonly excludeMembersInAnyTeam?: boolean | undefined;
  /** The order. Default: the caller first, then the others by name. */
  readonly sort?: OnaOrder<"name" | "date_joined"> | undefined;
  /** Whether to return the `total` with the first page. It is left out if the server stops counting. Default false. */
  readonly count?: boolean | undefined;
}

/** Options of `members.list`. */
export interface OnaMemberListOptions extends OnaMemberSearch, ListOptions {}

/** The options of the search are checked when the request is built. */
const listChecks: Checks<OnaMemberListOptions> = {
  ...callChecks,
  search: checkedElsewhere,
  statuses: checkedElsewhere,
  roles: checkedElsewhere,
  userIds: checkedElsewhere,
  excludeGroupIds: checkedElsewhere,
  excludeMembersInAnyTeam: checkedElsewhere,
  sort: checkedElsewhere,
  count: checkedElsewhere,
};

/** The members of organizations and their roles: `client.members`. */
export class OnaMembers {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists the members of an organization. Any member may call it. Pages have 25 items by default, and at most 100. The
   * search is part of the options, so that the parameters are the same for all APIs. Calls `ListMembers`.
   *
   * @throws PermissionDeniedError if the token is for another organization.
   * @throws NotFoundError if there is no such organization.
   *
   * @example
   * ```ts
   * const admins = client.members.list(organizationId, { roles: ["admin"], sort: { field: "date_joined" } });
   * for await (const member of admins) console.log(member.email, member.memberSince);
   * ```
   */
  list(organizationId: string, options?: OnaMemberListOptions): List<OnaMember> {
    return listByToken(
      this.#call,
      listMembers,
      (pagination, search: OnaMemberListOptions) => ({
        ...required({ organizationId }),
        ...fromSearch(search),
        pagination,
      }),
      inPage("members", toMember, toTotal),
      options,
      listChecks,
    );
  }

  /**
   * Removes a member from an organization. The caller may remove their own user, to leave; admins may remove others.
   * What the user created stays in the organization. A user id belongs to one organization, so the client does not send
   * `organizationId`. A second call fails with `NotFoundError`, or with `UnauthenticatedError` if the first one ended the caller's own token, so
   * a failed call is retried only if the server certainly did not act. Calls `LeaveOrganization`.
   *
   * @throws NotFoundError if there is no such member.
   * @throws PermissionDeniedError if `userId` is another user's, and the caller is not an admin.
   * @throws FailedPreconditionError if the user is the last admin.
   */
  remove(organizationId: string, userId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(
      leaveOrganization,
      () => {
        requiredText(organizationId, "organizationId");
        return required({ userId });
      },
      nothing,
      options,
    );
  }

  /**
   * Changes a member's role. For admins. Calls `SetRole`.
   *
   * @throws NotFoundError if there is no such organization, or it has no such member.
   * @throws PermissionDeniedError if the caller is not an admin.
   * @throws FailedPreconditionError if the user is the last admin.
   */
  setRole(
    organizationId: string,
    userId: string,
    role: OnaAssignableRole,
    options?: CallOptions,
  ): ApiPromise<void> {
    return this.#call(
      setRole,
      () => ({ ...required({ organizationId, userId }), role: organizationRoles.toWire(role, "role") }),
      nothing,
      options,
    );
  }
}

function fromSearch({
  search = "",
  statuses = [],
  roles = [],
  userIds = [],
  excludeGroupIds = [],
  excludeMembersInAnyTeam = false,
  sort,
  count = false,
}: OnaMemberSearch): ListMembersRequestJson {
  return {
    filter: {
      ...(search !== "" && required({ search })),
      statuses: listOf(statuses, "statuses", userStatuses.toWire),
      roles: listOf(roles, "roles", organizationRoles.toWire),
      userIds: listOf(userIds, "userIds", requiredText),
      excludeGroupIds: listOf(excludeGroupIds, "excludeGroupIds", requiredText),
      excludeMembersInAnyTeam: flag(excludeMembersInAnyTeam, "excludeMembersInAnyTeam"),
    },
    ...(sort !== undefined && { sort: fromOrder(sort, memberSortFields.toWire) }),
    ...(flag(count, "count") && { count: { include: true } }),
  };
}
