import type { MessageInitShape } from "@bufbuild/protobuf";
import { type CreditsByTypeSchema, UsageType } from "../../../../gen/gitpod/v1/billing_pb.js";
import { compare } from "../../engine/compare.js";
import { keysOf } from "../../engine/records.js";
import type { OnaCreditUsageRow, OnaUsageType } from "../state/billing-rows.js";

const types: Readonly<Record<OnaUsageType, UsageType>> = {
  environment: UsageType.ENVIRONMENT,
  agentic: UsageType.AGENTIC,
};

/** The names of all kinds of work. */
export const usageTypes = keysOf(types);

/** Returns the sum of credits, rounded to a millionth. */
export function sumOf(rows: readonly OnaCreditUsageRow[]): number {
  const sum = rows.reduce((total, { credits }) => total + credits, 0);
  return Math.round(sum * 1e6) / 1e6;
}

/** Returns the credits of each kind of work, as messages. A kind without credits is left out. */
export function creditsByType(
  rows: readonly OnaCreditUsageRow[],
): MessageInitShape<typeof CreditsByTypeSchema>[] {
  return usageTypes.flatMap((type) => {
    const own = rows.filter((row) => row.type === type);
    return own.length === 0 ? [] : [{ usageType: types[type], credits: sumOf(own) }];
  });
}

/** The credits of one user, environment or conversation. */
export interface CreditShare {
  /** The id of the user, environment or conversation. Empty for all others together. */
  readonly id: string;
  readonly rows: readonly OnaCreditUsageRow[];
}

/** The maximum number of shares that a report lists one by one. */
const maxListed = 10;

/** Returns the largest shares, and one more for all others together. */
export function topOf(
  rows: readonly OnaCreditUsageRow[],
  idOf: (row: OnaCreditUsageRow) => string,
): CreditShare[] {
  const shares = Array.from(groupBy(rows, idOf), ([id, own]) => ({ id, rows: own, sum: sumOf(own) }));
  shares.sort((a, b) => compare(b.sum, a.sum) || compare(a.id, b.id));
  const others = shares.slice(maxListed).flatMap((share) => share.rows);
  return [...shares.slice(0, maxListed), ...(others.length > 0 ? [{ id: "", rows: others }] : [])];
}

/** Groups rows by a key. */
export function groupBy(
  rows: readonly OnaCreditUsageRow[],
  keyOf: (row: OnaCreditUsageRow) => string,
): Map<string, OnaCreditUsageRow[]> {
  const groups = new Map<string, OnaCreditUsageRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
