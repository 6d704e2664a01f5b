/**
 * Lists the members of every account, with their roles. The same function works on Vydon and on Fetch Ads Manager,
 * because their clients have the same methods.
 *
 *     npx tsx examples/audit-members.ts         on mock servers
 */
import { pathToFileURL } from "node:url";
import { FamClient, PermissionDeniedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

/** The part of an API that the audit uses. `VydonClient` and `FamClient` have it. */
export interface Directory {
  readonly accounts: { list(): AsyncIterable<{ readonly id: string; readonly name: string }> };
  readonly members: { list(accountId: string): AsyncIterable<AccountPerson> };
}

/** A member of an account. Some APIs have no emails, and some have relations instead of a role. */
export interface AccountPerson {
  readonly userId: string;
  readonly email?: string;
  readonly role?: string;
  readonly relations?: readonly string[];
}

/** One line of the audit. */
export interface Finding {
  readonly account: string;
  /**
   * An email address, or the user's id if the API has no email. Undefined if the caller may not read the members of the
   * account.
   */
  readonly who: string | undefined;
  /** The member's role or relations, in the API's own words. */
  readonly what: string;
}

/** Yields every member of every account that the caller may read. It keeps only one page in memory at a time. */
export async function* auditMembers({
  accounts,
  members,
}: Directory): AsyncGenerator<Finding, void, undefined> {
  for await (const { id, name: account } of accounts.list()) {
    try {
      for await (const { userId, email = userId, role, relations = [] } of members.list(id))
        yield { account, who: email, what: role ?? relations.join(", ") };
    } catch (error) {
      // If the caller may not read one account, such as a personal one, the others are still listed.
      if (!(error instanceof PermissionDeniedError)) throw error;
      yield { account, who: undefined, what: "shows no members" };
    }
  }
}

/** A directory with emails: FAM's list of members has only ids, but its search has emails. Invited people are left out. */
export function withEmails({ accounts, members }: FamClient): Directory {
  return { accounts, members: { list: (accountId) => members.search(accountId, { statuses: ["active"] }) } };
}

/** Audits mock servers of both APIs, and reports each finding with `say`. */
export async function main(say: (line: string) => void): Promise<void> {
  const server = createMockServer();
  server.seed({
    vydon: {
      accounts: [
        {
          name: "analytical-engines",
          members: [{ email: "ada@example.com" }, { email: "grace@example.com", role: "job_viewer" }],
        },
        { name: "personal", type: "personal", members: [{ email: "ada@example.com" }] },
      ],
    },
    fam: {
      accounts: [
        {
          name: "Agency",
          type: "agency",
          members: [{ email: "ada@example.com" }],
          accounts: [
            {
              name: "Compilers Inc.",
              members: [
                { email: "grace@example.com" },
                { email: "barbara@example.com", relations: ["admin", "accountant"] },
              ],
              invites: [{ email: "katherine@example.com" }],
            },
          ],
        },
      ],
    },
  });
  const vydon = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const fam = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());

  for (const [name, directory] of [
    ["Vydon", vydon],
    ["Fetch Ads Manager", withEmails(fam)],
  ] as const) {
    say(name);
    for await (const { account, who = "–", what } of auditMembers(directory))
      say(`  ${account.padEnd(20)} ${who.padEnd(20)} ${what}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(console.log);
