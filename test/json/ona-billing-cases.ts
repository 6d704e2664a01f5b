import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  BillingService,
  CreditUsageExportGroupBy,
  ListEnterpriseUserCreditUsageRequest_SortField,
} from "../../gen/gitpod/v1/billing_pb.js";
import { Principal } from "../../gen/gitpod/v1/identity_pb.js";
import { SortOrder } from "../../gen/gitpod/v1/pagination_pb.js";
import { defined } from "./against-protobuf-es.js";
import { type Args, ona, page, pagination } from "./ona-account-cases.js";

const { method } = BillingService;

const groups = {
  daily_summary: CreditUsageExportGroupBy.DAILY_SUMMARY,
  resource: CreditUsageExportGroupBy.RESOURCE,
} as const;

const sortFields = {
  usage: ListEnterpriseUserCreditUsageRequest_SortField.USAGE,
  display_name: ListEnterpriseUserCreditUsageRequest_SortField.DISPLAY_NAME,
  budget: ListEnterpriseUserCreditUsageRequest_SortField.BUDGET,
  budget_used: ListEnterpriseUserCreditUsageRequest_SortField.BUDGET_USED,
} as const;

const principals = { user: Principal.USER, service_account: Principal.SERVICE_ACCOUNT } as const;

const dateRange = ({ date, laterDate }: Args) => ({
  startTime: timestampFromDate(date),
  endTime: timestampFromDate(laterDate),
});
const asOf = ({ optionalDate }: Args) => optionalDate && timestampFromDate(optionalDate);

/** Every RPC of the BillingService. */
export const billingCases = [
  ona(
    method.getCreditUsageReport,
    (c, { id, date, laterDate, inviteId, flag, other, principal }) =>
      c.billing.usageReport(id, {
        from: date,
        to: laterDate,
        timezone: inviteId,
        subject: flag ? { id: other, principal } : undefined,
      }),
    (all) =>
      defined({
        organizationId: all.id,
        dateRange: dateRange(all),
        timezone: all.inviteId,
        filter: all.flag ? { subject: { id: all.other, principal: principals[all.principal] } } : undefined,
      }),
  ),
  ona(
    method.getCreditUsageExport,
    (c, { id, date, laterDate, groupBy }) =>
      c.billing.exportUsage(id, { from: date, to: laterDate, groupBy }),
    (all) =>
      defined({
        organizationId: all.id,
        dateRange: dateRange(all),
        groupBy: all.groupBy && groups[all.groupBy],
      }),
    ({ downloadUrl }) => ({ url: downloadUrl }),
  ),
  ona(
    method.getCumulativeCreditUsage,
    (c, { id, optionalDate }) => c.billing.cumulativeUsage(id, { asOf: optionalDate }),
    (all) => defined({ organizationId: all.id, asOf: asOf(all) }),
  ),
  ona(
    method.listEnterpriseUserCreditUsage,
    (c, all) => {
      const sort = all.flag ? { field: all.usageField, descending: all.optionalFlag } : undefined;
      const list = c.billing.listUserUsage(all.id, { asOf: all.optionalDate, sort }, page(all));
      return list.then(({ items, total }) => ({ items, total }));
    },
    (all) =>
      defined({
        organizationId: all.id,
        asOf: asOf(all),
        sort: all.flag
          ? { field: sortFields[all.usageField], order: all.optionalFlag ? SortOrder.DESC : SortOrder.ASC }
          : undefined,
        pagination: pagination(all),
      }),
    ({ userUsage, totalCount }) => ({ items: userUsage, total: totalCount }),
  ),
];
