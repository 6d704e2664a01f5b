/**
 * What each team has used of what it may, and how its subscription stands.
 *
 *     npx tsx examples/usage-report.ts          on a mock server
 */
import { pathToFileURL } from "node:url";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

/** One account's line. */
export interface Usage {
  readonly account: string;
  readonly used: number;
  /** Undefined where there is no limit. */
  readonly allowed: number | undefined;
  readonly subscription: string;
  readonly trialEnds: Date | undefined;
}

/** The usage of every team account of the caller's, the nearest to its limit first. */
export async function usageReport(client: VydonClient): Promise<Usage[]> {
  const accounts = (await client.accounts.list().toArray()).filter(({ type }) => type !== "personal");
  const lines = await Promise.all(
    accounts.map(async ({ id, name }): Promise<Usage> => {
      const [status, validity] = await Promise.all([client.billing.status(id), client.billing.validity(id)]);
      return {
        account: name,
        used: status.usedRecordCount,
        allowed: status.allowedRecordCount,
        subscription: status.subscriptionStatus.replaceAll("_", " "),
        trialEnds: validity.trialExpiresAt,
      };
    }),
  );
  return lines.sort((a, b) => partOf(b) - partOf(a));
}

/** How much of its limit an account has used: 1 is all of it. */
function partOf({ used, allowed }: Usage): number {
  return allowed === undefined ? 0 : used / allowed;
}

/** A line for people, with a bar of ten cells that says at a glance how much is used. */
export function describe(usage: Usage): string {
  const { account, used, allowed, subscription, trialEnds } = usage;
  const cells = Math.min(10, Math.round(partOf(usage) * 10));
  const bar = allowed === undefined ? "no limit  " : "█".repeat(cells) + "░".repeat(10 - cells);
  const of = allowed === undefined ? "" : ` of ${allowed.toLocaleString("en")}`;
  const until = trialEnds ? `, until ${trialEnds.toISOString().slice(0, 10)}` : "";
  return `${account.padEnd(20)} ${bar}  ${used.toLocaleString("en")}${of} records (${subscription}${until})`;
}

/** Reports on a mock server's accounts. */
export async function main(say: (line: string) => void): Promise<void> {
  const server = createMockServer();
  const members = [{ email: "ada@example.com" }];
  server.seed({
    vydon: {
      accounts: [
        { name: "on-trial", members, usedRecords: 1_200, allowedRecords: 20_000 },
        {
          name: "nearly-full",
          members,
          subscription: "active",
          usedRecords: 93_000,
          allowedRecords: 100_000,
        },
        { name: "unlimited", members, subscription: "active", usedRecords: 7_654_321 },
        { name: "lapsed", members, subscription: "lapsed", createdAt: "2025-01-01T00:00:00Z" },
      ],
    },
  });
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  for (const usage of await usageReport(client)) say(describe(usage));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(console.log);
