import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OnaClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { main, toCsv, toTable, whoUsesWhat } from "../../examples/who-uses-what.js";

it("main() prints a table of the members and their credits, and writes it as CSV", async () => {
  const folder = await mkdtemp(join(tmpdir(), "who-uses-what-"));
  try {
    const file = join(folder, "usage.csv");
    const lines: string[] = [];
    await main((line) => lines.push(line), file);
    expect(lines).toEqual([
      "organization  name     email                role    status     environments  agents  budget used",
      "Acme, Inc.    Grace    grace@example.com    member  active     12.50         10.00   113%",
      "Acme, Inc.    Hedy     hedy@example.com     member  left       3.00          0.00",
      "Acme, Inc.    Ada      ada@example.com      admin   active     0.00          0.00",
      "Acme, Inc.    Barbara  barbara@example.com  member  suspended  0.00          0.00",
      "Labs          Ada      ada@example.com      admin   active     0.00          0.75",
    ]);
    const csv = (await readFile(file, "utf8")).split("\r\n");
    expect(csv[0]).toBe("organization,name,email,role,status,environments,agents,budget used");
    expect(csv[1]).toBe('"Acme, Inc.",Grace,grace@example.com,member,active,12.50,10.00,113%');
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("whoUsesWhat() includes a deleted user", async () => {
  const server = createMockServer();
  const email = "grace@example.com";
  server.seed({
    ona: {
      organizations: [
        {
          name: "Acme",
          members: [{ email: "ada@example.com", role: "admin" }, { email }],
          creditUsage: [{ email, credits: 2 }],
        },
      ],
    },
  });
  const ada = new OnaClient(server.ona.signIn({ email: "ada@example.com", organization: "Acme" }).connect());
  await ada.users.delete(server.ona.member("Acme", email).userId);
  const lines = await whoUsesWhat(ada);
  expect(lines).toMatchObject([
    { status: "deleted", environments: 2 },
    { name: "Ada", budgetUsed: undefined },
  ]);
});

it("toTable() replaces control characters in names", () => {
  const person = { organization: "Acme", email: "eve@example.com", role: "member", status: "active" };
  const name = "Eve\u001b[2J\r\nAda";
  const table = toTable([{ ...person, name, environments: 0, agents: 0, budgetUsed: undefined }]);
  expect(table).toEqual([
    "organization  name         email            role    status  environments  agents  budget used",
    "Acme          Eve [2J Ada  eve@example.com  member  active  0.00          0.00",
  ]);
});

it.each([
  ["=1+1", "'=1+1"],
  // Some spreadsheets read a wide sign as the usual one, and skip an empty line.
  ["＝1+1", "'＝1+1"],
  ["\n=1+1", `"'\n=1+1"`],
  ['O"Neill, jr.', '"O""Neill, jr."'],
])("toCsv() quotes the name %j", (name, cell) => {
  const person = { organization: "Acme", email: "ada@example.com", role: "member", status: "active" };
  const csv = toCsv([{ ...person, name, environments: 0, agents: 0, budgetUsed: undefined }]);
  expect(csv).toContain(`\r\nAcme,${cell},ada@example.com,`);
});
