import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  EnterpriseAIUserBudgetPolicySource as BudgetSource,
  type ListEnterpriseUserCreditUsageRequest,
  ListEnterpriseUserCreditUsageRequest_SortField as SortField,
  type UserCreditBudgetUsageSchema,
} from "../../../../gen/gitpod/v1/billing_pb.js";
import { SortOrder } from "../../../../gen/gitpod/v1/pagination_pb.js";
import { compare } from "../../engine/compare.js";
import type { OnaCreditUsageRow } from "../state/billing-rows.js";
import { userOf } from "../state/members.js";
import type { OnaState } from "../state/state.js";
import { creditsByType, groupBy, sumOf } from "./credits.js";
import { periodStart } from "./days.js";
import { displayNameOf } from "./report.js";

/** The credits that a user used in the billing period, and the user's budget. */
export interface UserUsage {
  /** The user's id. */
  readonly id: string;
  readonly name: string;
  readonly rows: readonly OnaCreditUsageRow[];
  readonly credits: number;
  /** The user's budget for the billing period, in credits. Null if there is no budget. */
  readonly budget: number | null;
  /** How much of the budget is used, in percent. 0 if there is no budget. */
  readonly utilization: number;
}

/** Returns the usage of an organization from the start of the billing period up to and including `asOf`. */
export function usageUntil(state: OnaState, organizationId: string, asOf: number): OnaCreditUsageRow[] {
  const start = periodStart(asOf);
  return state.creditUsage.by("organization", organizationId).filter(({ at }) => at >= start && at <= asOf);
}

/** Returns the usage of each user who used credits. A record of 0 credits does not count. */
export function usersOf(state: OnaState, usage: readonly OnaCreditUsageRow[]): UserUsage[] {
  const byUser = groupBy(usage, ({ userId }) => userId);
  return Array.from(byUser, ([id, rows]) => {
    const credits = sumOf(rows);
    const budget = userOf(state, id)?.creditBudget ?? null;
    return {
      id,
      name: displayNameOf(state, id),
      rows,
      credits,
      budget,
      utilization: utilizationOf(credits, budget),
    };
  }).filter(({ credits }) => credits > 0);
}

type Sort = ListEnterpriseUserCreditUsageRequest["sort"];

/** Checks whether users are sorted by their usage, as by default. */
export function isByUsage(sort: Sort): boolean {
  const { field = SortField.UNSPECIFIED } = sort ?? {};
  return field === SortField.UNSPECIFIED || field === SortField.USAGE;
}

function utilizationOf(credits: number, budget: number | null): number {
  if (budget === null) return 0;
  if (budget === 0) return 100;
  return (credits / budget) * 100;
}

/**
 * Sorts users. By default, the user with the most usage comes first. In an order by budget, users without a budget come last. Equal users
 * are sorted by id.
 */
export function sortUsers(users: UserUsage[], sort?: Sort): UserUsage[] {
  const { field = SortField.UNSPECIFIED, order = SortOrder.UNSPECIFIED } = sort ?? {};
  const isDescending = order === SortOrder.DESC || (order === SortOrder.UNSPECIFIED && isByUsage(sort));
  const sign = isDescending ? -1 : 1;
  const byBudget = field === SortField.BUDGET || field === SortField.BUDGET_USED;
  const keyOf = (user: UserUsage): number | string => {
    if (field === SortField.DISPLAY_NAME) return user.name.toLowerCase();
    if (field === SortField.BUDGET) return user.budget ?? 0;
    return field === SortField.BUDGET_USED ? user.utilization : user.credits;
  };
  const keyed = users.map((user) => ({ user, key: keyOf(user), isLast: byBudget && user.budget === null }));
  keyed.sort((a, b) => {
    if (a.isLast !== b.isLast) return a.isLast ? 1 : -1;
    return sign * compare(a.key, b.key) || compare(a.user.id, b.user.id);
  });
  return keyed.map(({ user }) => user);
}

/** Converts a user's usage to a message. */
export function toUserUsage(user: UserUsage): MessageInitShape<typeof UserCreditBudgetUsageSchema> {
  const { id, name, rows, credits, budget, utilization } = user;
  return {
    userId: id,
    displayName: name,
    monthToDateUsage: { totalCredits: credits, usageByType: creditsByType(rows) },
    budgetSource:
      budget === null
        ? BudgetSource.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_NONE
        : BudgetSource.ENTERPRISE_AI_USER_BUDGET_POLICY_SOURCE_USER,
    utilizationPercent: utilization,
    ...(budget !== null && { creditBudget: BigInt(budget), overBudget: credits > budget }),
  };
}
