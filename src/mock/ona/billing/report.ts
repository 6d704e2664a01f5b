import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { DailyCreditUsageSchema } from "../../../../gen/gitpod/v1/billing_pb.js";
import type { OnaCreditUsageRow, OnaUsageType } from "../state/billing-rows.js";
import { userOf } from "../state/members.js";
import type { OnaState } from "../state/state.js";
import { type CreditShare, creditsByType, topOf } from "./credits.js";
import type { Day } from "./days.js";

/** Converts one day of a report to a message. With a `subject`, a user's id, the message has only the usage of this user. */
export function toDailyUsage(
  state: OnaState,
  { start, end }: Day,
  rows: readonly OnaCreditUsageRow[],
  subject: string | undefined,
): MessageInitShape<typeof DailyCreditUsageSchema> {
  const own = rows.filter(({ at }) => at >= start && at < end);
  const date = timestampFromMs(start);
  const userUsage = topOf(own, ({ userId }) => userId).map((share) => ({
    userId: share.id,
    ...toUsage(share, displayNameOf(state, share.id)),
  }));
  if (subject !== undefined) return { date, userUsage };
  return {
    date,
    orgUsage: creditsByType(own),
    userUsage,
    environmentUsage: byResource(own, "environment").map(({ id, ...usage }) => ({
      environmentId: id,
      ...usage,
    })),
    conversationUsage: byResource(own, "agentic").map(({ id, ...usage }) => ({
      agentExecutionId: id,
      ...usage,
    })),
  };
}

/** Returns a user's name, or "Deleted user" if the user no longer exists. */
export function displayNameOf(state: OnaState, userId: string): string {
  const account = state.accounts.get(userOf(state, userId)?.accountId ?? "");
  return account?.name ?? "Deleted user";
}

function byResource(rows: readonly OnaCreditUsageRow[], type: OnaUsageType) {
  const own = rows.filter((row) => row.type === type);
  return topOf(own, ({ resourceId }) => resourceId).map((share) => ({
    id: share.id,
    ...toUsage(share, share.rows[0]?.resource ?? ""),
  }));
}

function toUsage({ id, rows }: CreditShare, name: string) {
  return { displayName: id === "" ? "Others" : name, usage: creditsByType(rows) };
}
