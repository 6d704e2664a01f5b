import {
  getCreditUsageExport,
  getCreditUsageReport,
  getCumulativeCreditUsage,
  listEnterpriseUserCreditUsage,
} from "../../gen/gitpod/v1/billing_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredText, toTimestamp } from "../core/checks/arguments.js";
import { requiredString } from "../core/json/fields.js";
import { int32 } from "../core/json/numbers.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listByToken } from "../core/lists/list-by-token.js";
import {
  type OnaCumulativeUsage,
  type OnaUserBudgetUsage,
  toCumulativeUsage,
  toUserBudgetUsage,
  userUsageSortFields,
} from "./models/cumulative-usage.js";
import { principals } from "./models/identity.js";
import { fromOrder, type OnaOrder } from "./models/order.js";
import { inPage } from "./models/page.js";
import { exportGroups, type OnaUsageReport, toUsageReport } from "./models/usage-report.js";

/** A range of days. It includes the first and the last day. The time of day is ignored. */
export interface OnaDateRange {
  /** A time on the first day. */
  readonly from: Date;
  /** A time on the last day. */
  readonly to: Date;
}

/** The days to report, and the user. */
export interface OnaUsageReportRequest extends OnaDateRange {
  /**
   * The time zone in which the days begin, such as `Europe/Berlin`. Default: UTC. It applies to `from` and `to` too:
   * midnight in UTC is the evening before in New York.
   */
  readonly timezone?: string | undefined;
  /** Only the usage of this user or service account. Default: everyone's. */
  readonly subject?:
    | {
        /** UUID. */
        readonly id: string;
        /** The kind of subject that has the `id`. */
        readonly principal: "user" | "service_account";
      }
    | undefined;
}

/** The days to export, and how to group the usage. */
export interface OnaUsageExportRequest extends OnaDateRange {
  /** What each line of the file sums up: one day of one user, or one resource. Default: "daily_summary". */
  readonly groupBy?: "daily_summary" | "resource" | undefined;
}

/** The time up to which usage is counted, and the order of the users. */
export interface OnaUserUsageSearch {
  /**
   * The time up to which usage is counted. Default: now. Pass the same value when you continue a list from a `cursor`.
   */
  readonly asOf?: Date | undefined;
  /**
   * The order of the users. Default: users with the most usage first. With "budget" and "budget_used", users without a
   * budget come last. An organization of more than 10,000 users can be sorted by "usage" only.
   */
  readonly sort?: OnaOrder<"usage" | "display_name" | "budget" | "budget_used"> | undefined;
}

/**
 * The usage of organizations, in credits: `client.billing`. The caller needs the permission `billing:read_usage`, which
 * admins have.
 */
export class OnaBilling {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Returns the usage day by day, for at most 31 days. Without the permission `billing:read_usage`, users may
   * request their own usage with `subject`. Calls `GetCreditUsageReport`.
   *
   * @throws InvalidArgumentError if the range is longer than 31 days or ends before it begins, or if the time zone is
   * unknown.
   * @throws PermissionDeniedError if the caller does not have the permission, and requests the usage of others.
   * @throws NotFoundError if there is no such organization, or it has no such subject.
   *
   * @example
   * ```ts
   * const { dailyUsage } = await client.billing.usageReport(organizationId, {
   *   from: new Date("2026-01-01"),
   *   to: new Date("2026-01-31"),
   * });
   * ```
   */
  usageReport(
    organizationId: string,
    report: OnaUsageReportRequest,
    options?: CallOptions,
  ): ApiPromise<OnaUsageReport> {
    return this.#call(
      getCreditUsageReport,
      () => {
        const { timezone = "", subject } = fieldsOf(report, "report");
        return {
          ...fromRange(organizationId, report),
          ...(timezone !== "" && required({ timezone })),
          ...(subject !== undefined && {
            filter: {
              subject: {
                id: requiredText(fieldsOf(subject, "subject").id, "subject.id"),
                principal: principals.toWire(subject.principal, "subject.principal"),
              },
            },
          }),
        };
      },
      toUsageReport,
      options,
    );
  }

  /**
   * Exports the usage of up to a year to a file. Calls `GetCreditUsageExport`.
   *
   * @returns `url`, the file's address, which works for five minutes. The file is CSV, compressed by gzip. Only the
   * same caller can load it, with their bearer token in an `authorization` header.
   * @throws InvalidArgumentError if the range is longer than a year, or ends before it begins.
   * @throws FailedPreconditionError if `groupBy` is "resource", and the organization does not use credits.
   * @throws PermissionDeniedError if the caller does not have the permission `billing:read_usage`.
   * @throws NotFoundError if there is no such organization.
   */
  exportUsage(
    organizationId: string,
    request: OnaUsageExportRequest,
    options?: CallOptions,
  ): ApiPromise<{
    /** The address of the file. It works for five minutes. */
    url: string;
  }> {
    return this.#call(
      getCreditUsageExport,
      () => {
        const { groupBy } = fieldsOf(request, "request");
        return {
          ...fromRange(organizationId, request),
          ...(groupBy !== undefined && { groupBy: exportGroups.toWire(groupBy, "groupBy") }),
        };
      },
      (json) => ({ url: requiredString(json, "downloadUrl") }),
      options,
    );
  }

  /**
   * Returns the usage in the billing period, of the organization, its teams and all users with usage. Calls
   * `GetCumulativeCreditUsage`.
   *
   * @throws PermissionDeniedError if the caller does not have the permission `billing:read_usage`.
   * @throws NotFoundError if there is no such organization.
   */
  cumulativeUsage(
    organizationId: string,
    usage: {
      /** The time up to which usage is counted. Default: now. */
      asOf?: Date | undefined;
    } = {},
    options?: CallOptions,
  ): ApiPromise<OnaCumulativeUsage> {
    return this.#call(
      getCumulativeCreditUsage,
      () => fromInstant(organizationId, fieldsOf(usage, "usage").asOf),
      toCumulativeUsage,
      options,
    );
  }

  /**
   * Lists the users who used credits this month, with their usage and their budgets. `members.list` also returns
   * members without usage. Pages have 25 items by default, and at most 100. Each page has the `total`. Calls
   * `ListEnterpriseUserCreditUsage`.
   *
   * @throws PermissionDeniedError if the caller does not have the permission `billing:read_usage`.
   * @throws NotFoundError if there is no such organization.
   */
  listUserUsage(
    organizationId: string,
    search: OnaUserUsageSearch = {},
    options?: ListOptions,
  ): List<OnaUserBudgetUsage> {
    return listByToken(
      this.#call,
      listEnterpriseUserCreditUsage,
      (pagination) => {
        const { asOf, sort } = fieldsOf(search, "search");
        return {
          ...fromInstant(organizationId, asOf),
          ...(sort !== undefined && { sort: fromOrder(sort, userUsageSortFields.toWire) }),
          pagination,
        };
      },
      inPage("userUsage", toUserBudgetUsage, (json) => int32(json, "totalCount")),
      options,
    );
  }
}

function fromRange(organizationId: string, { from, to }: OnaDateRange) {
  return {
    ...required({ organizationId }),
    dateRange: { startTime: toTimestamp(from, "from"), endTime: toTimestamp(to, "to") },
  };
}

function fromInstant(organizationId: string, asOf: Date | undefined) {
  return { ...required({ organizationId }), ...(asOf !== undefined && { asOf: toTimestamp(asOf, "asOf") }) };
}
