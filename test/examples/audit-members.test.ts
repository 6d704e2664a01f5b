import { FamClient, UnavailableError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import {
  auditMembers,
  type Directory,
  type Finding,
  main,
  withEmails,
} from "../../examples/audit-members.js";

async function audit(directory: Directory): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of auditMembers(directory)) findings.push(finding);
  return findings;
}

it("auditMembers() finds all members of every account of a VydonClient", async () => {
  const server = createMockServer();
  const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  await ada.accounts.ensurePersonal();
  await ada.accounts.createTeam({ name: "acme" });
  expect(await audit(ada)).toEqual([
    { account: "personal", who: undefined, what: "shows no members" },
    { account: "acme", who: "ada@example.com", what: "admin" },
  ]);
});

it("auditMembers() finds all members of every account of a FamClient, over several pages", async () => {
  const server = createMockServer({ fam: { perPage: 2 } });
  const members = Array.from({ length: 5 }, (_, index) => ({
    email: `member-${index}@example.com`,
    relations: ["admin", "buyer"],
  }));
  server.seed({ fam: { accounts: [{ name: "Acme", members, invites: [{ email: "guest@example.com" }] }] } });
  const client = new FamClient(server.fam.signIn({ email: "member-0@example.com" }).connect());
  expect(await audit(withEmails(client))).toEqual(
    members.map(({ email }) => ({ account: "Acme", who: email, what: "admin, buyer" })),
  );
  expect(await audit(client)).toEqual(
    members.map(({ email }) => ({ account: "Acme", who: server.fam.user(email).id, what: "admin, buyer" })),
  );
});

it("auditMembers() rejects if a call fails, instead of omitting members", async () => {
  const server = createMockServer();
  const session = server.fam.signIn({ email: "ada@example.com" });
  const client = new FamClient({ ...session.connect(), retry: false });
  await client.accounts.create({ name: "Acme" });
  server.faults.inject({ method: "ListMembers", code: "unavailable" });
  await expect(audit(client)).rejects.toBeInstanceOf(UnavailableError);
});

it("main() prints all findings", async () => {
  const lines: string[] = [];
  await main((line) => lines.push(line));
  expect(lines).toEqual([
    "Vydon",
    "  analytical-engines   ada@example.com      admin",
    "  analytical-engines   grace@example.com    job_viewer",
    "  personal             –                    shows no members",
    "Fetch Ads Manager",
    "  Agency               ada@example.com      owner",
    "  Compilers Inc.       grace@example.com    owner",
    "  Compilers Inc.       barbara@example.com  admin, accountant",
  ]);
});
