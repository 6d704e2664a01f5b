/**
 * Who is in which account, and as what: the same function asks Vydon and
 * Fetch Ads Manager, by the words that their clients share. Here mock servers
 * answer; run it with `npx tsx examples/audit-members.ts`.
 */
import { pathToFileURL } from "node:url";
import { FamClient, PermissionDeniedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

/** What the audit needs of an API. A `VydonClient` is one, and a `FamClient` is. */
export interface Directory {
  readonly accounts: { list(): AsyncIterable<{ readonly id: string; readonly name: string }> };
  readonly members: { list(accountId: string): AsyncIterable<AccountPerson> };
}

/** Somebody in an account. APIs differ in what they tell of people, and in how they call what somebody is. */
export interface AccountPerson {
  readonly userId: string;
  readonly email?: string;
  readonly role?: string;
  readonly relations?: readonly string[];
}

/** One line of the audit. */
export interface Finding {
  readonly account: string;
  /** An email address, or the user's id where the API tells no more; undefined for an account that shows no members. */
  readonly who: string | undefined;
  /** As the API calls it: a role, or relations. */
  readonly what: string;
}

/** Every member of every account that the caller sees, as they come. It holds one page at a time, however many there are. */
export async function* auditMembers({
  accounts,
  members,
}: Directory): AsyncGenerator<Finding, void, undefined> {
  for await (const { id, name: account } of accounts.list()) {
    try {
      for await (const { userId, email = userId, role, relations = [] } of members.list(id))
        yield { account, who: email, what: role ?? relations.join(", ") };
    } catch (error) {
      // If the caller may not read one account, a personal one for instance, the rest is still listed.
      if (!(error instanceof PermissionDeniedError)) throw error;
      yield { account, who: undefined, what: "shows no members" };
    }
  }
}

/** FAM's plain list of members tells ids alone; its search tells who they are, and leaves out those who were only invited. */
export function withEmails({ accounts, members }: FamClient): Directory {
  return { accounts, members: { list: (accountId) => members.search(accountId, { statuses: ["active"] }) } };
}

/** Audits a server of each kind, and says what it finds. */
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
