/**
 * Shows the state of each team's subscription, and the end of its trial.
 *
 *     npx tsx examples/subscription-report.ts          on a mock server
 */
import { pathToFileURL } from "node:url";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

/** One account's line. */
export interface Standing {
  readonly account: string;
  readonly isValid: boolean;
  readonly subscription: string;
  /** The server's reason if the account is not valid; otherwise empty. */
  readonly reason: string;
  readonly trialEnds: Date | undefined;
}

/** Returns a line for every team account of the caller. Accounts that are not valid come first. */
export async function subscriptionReport(client: VydonClient): Promise<Standing[]> {
  const accounts = (await client.accounts.list().toArray()).filter(({ type }) => type !== "personal");
  const lines = await Promise.all(
    accounts.map(async ({ id, name }): Promise<Standing> => {
      const [status, validity] = await Promise.all([client.billing.status(id), client.billing.validity(id)]);
      return {
        account: name,
        isValid: validity.isValid,
        subscription: status.subscriptionStatus.replaceAll("_", " "),
        reason: validity.reason ?? "",
        trialEnds: validity.trialExpiresAt,
      };
    }),
  );
  return lines.sort((a, b) => Number(a.isValid) - Number(b.isValid));
}

/** Formats a line for people. */
export function describe({ account, isValid, subscription, reason, trialEnds }: Standing): string {
  const until = trialEnds ? ` until ${trialEnds.toISOString().slice(0, 10)}` : "";
  return `${isValid ? "ok " : "!! "} ${account.padEnd(12)} ${subscription}${until} ${reason}`.trimEnd();
}

/** Reports on the accounts of a mock server. */
export async function main(say: (line: string) => void): Promise<void> {
  const server = createMockServer();
  const members = [{ email: "ada@example.com" }];
  server.seed({
    vydon: {
      accounts: [
        { name: "on-trial", members },
        { name: "paid", members, subscription: "active" },
        { name: "unpaid", members, subscription: "unpaid", createdAt: "2025-01-01T00:00:00Z" },
      ],
    },
  });
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  for (const standing of await subscriptionReport(client)) say(describe(standing));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(console.log);
