import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { BillingService, CreditUsageExportGroupBy as GroupBy } from "../../../../gen/gitpod/v1/billing_pb.js";
import { Principal, type Subject } from "../../../../gen/gitpod/v1/identity_pb.js";
import { failure } from "../../engine/errors.js";
import { baseUrlOf } from "../../engine/http/base-url.js";
import { lastInstant } from "../../engine/time/instant.js";
import { timestampMs } from "../../engine/time/protobuf.js";
import type { ByUser } from "../access/access.js";
import { admin, member, type OnaRpcs } from "../access/rpcs.js";
import { pageOf } from "../pages.js";
import { membersOf, userOf } from "../state/members.js";
import type { Ona } from "../state/state.js";
import { creditsByType, sumOf } from "./credits.js";
import { daysOf, periodStart } from "./days.js";
import { addExport } from "./exports.js";
import { toDailyUsage } from "./report.js";
import { isByUsage, sortUsers, toUserUsage, usageUntil, usersOf } from "./user-usage.js";

const rpc = BillingService.method;
const maxReportDays = 31;
const maxExportDays = 366;
/** The maximum number of members in an organization whose list of usage can be sorted by other fields than usage. */
const maxSorted = 10_000;

/** Creates the RPCs for usage in credits. Only admins have the permission `billing:read_usage`. */
export function createBilling(ona: Ona, { forOrganization }: OnaRpcs) {
  const { state, clock, world } = ona;

  /**
   * Returns the id of the user in the request. Undefined if the usage of all users is requested.
   *
   * @throws ConnectError `permission_denied` if the caller may not see it, `not_found` if the organization has no such user.
   */
  function subjectOf(subject: Subject | undefined, caller: ByUser): string | undefined {
    const isSelf = subject?.principal === Principal.USER && subject.id === caller.member.userId;
    if (!isSelf && caller.member.role !== "admin") {
      throw failure("permission_denied", "the usage of others requires billing:read_usage");
    }
    if (subject === undefined) return undefined;
    const { id, principal } = subject;
    if (principal !== Principal.USER && principal !== Principal.SERVICE_ACCOUNT) {
      throw failure("invalid_argument", "filter.subject must be a user or a service account");
    }
    // The mock has no service accounts.
    const user = principal === Principal.USER ? userOf(state, id) : undefined;
    if (user?.organizationId !== caller.organization.id) throw failure("not_found", "subject not found");
    return id;
  }

  return {
    getCreditUsageReport: forOrganization(rpc.getCreditUsageReport, member, (request, caller) => {
      const subject = subjectOf(request.filter?.subject, caller);
      const days = daysOf(request.dateRange, request.timezone, maxReportDays);
      const all = state.creditUsage.by("organization", caller.organization.id);
      const rows = all.filter(({ userId }) => subject === undefined || userId === subject);
      return {
        updatedAt: timestampFromMs(clock.now()),
        dailyUsage: days.map((day) => toDailyUsage(state, day, rows, subject)),
        periodStart: timestampFromMs(periodStart(clock.now())),
      };
    }),

    getCreditUsageExport: forOrganization(rpc.getCreditUsageExport, admin, (request, user, header) => {
      const { id: organizationId, creditsEnabled } = user.organization;
      const days = daysOf(request.dateRange, "", maxExportDays);
      const byResource = request.groupBy === GroupBy.RESOURCE;
      if (byResource && !creditsEnabled) {
        throw failure("failed_precondition", "credits are not enabled: usage cannot be grouped by resource");
      }
      const { userId } = user.member;
      const [from, to] = [days[0]?.start ?? 0, Math.min(days.at(-1)?.end ?? 0, lastInstant)];
      const groupBy = byResource ? "resource" : "daily_summary";
      const path = addExport(ona, { organizationId, userId, from, to, groupBy });
      return { downloadUrl: `${baseUrlOf(header, "ona", world)}${path}` };
    }),

    getCumulativeCreditUsage: forOrganization(
      rpc.getCumulativeCreditUsage,
      admin,
      ({ asOf }, { organization }) => {
        const until = asOf === undefined ? clock.now() : timestampMs(asOf);
        const rows = usageUntil(state, organization.id, until);
        const orgUsage = { totalCredits: sumOf(rows), usageByType: creditsByType(rows) };
        return {
          orgUsage,
          // The mock has no teams.
          unteamedUsage: orgUsage,
          periodStart: timestampFromMs(periodStart(until)),
          userUsage: sortUsers(usersOf(state, rows)).map(toUserUsage),
        };
      },
    ),

    listEnterpriseUserCreditUsage: forOrganization(
      rpc.listEnterpriseUserCreditUsage,
      admin,
      ({ asOf, sort, pagination }, { organization: { id } }) => {
        const until = asOf === undefined ? clock.now() : timestampMs(asOf);
        const users = usersOf(state, usageUntil(state, id, until));
        if (!isByUsage(sort) && membersOf(state, id).length > maxSorted) {
          throw failure("failed_precondition", `more than ${maxSorted} users can only be sorted by usage`);
        }
        const list = `usage/${id}/${asOf === undefined ? "" : until}/${JSON.stringify(sort)}`;
        const page = pageOf(ona, sortUsers(users, sort), { list, pagination });
        return {
          userUsage: page.rows.map(toUserUsage),
          pagination: page.pagination,
          totalCount: users.length,
        };
      },
    ),
  };
}
