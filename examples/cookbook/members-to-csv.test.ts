import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FamClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { afterAll, expect, it } from "vitest";
import { membersToCsv, type Progress } from "./members-to-csv.js";

const folder = mkdtempSync(join(tmpdir(), "members-"));
const path = join(folder, "members.csv");
afterAll(() => rmSync(folder, { recursive: true }));

it("writes 50,000 members, and reports its progress", { timeout: 60_000 }, async () => {
  const server = createMockServer({ fam: { perPage: 10_000 } });
  const others = Array.from({ length: 49_999 }, (_, index) => ({ email: `person-${index}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }, ...others] }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const accountId = (await client.accounts.list().first())?.id ?? "";

  // One page fails, and the client retries it.
  server.faults.inject({ method: "ListAccountMembers", code: "unavailable", after: 2, times: 1 });
  const progress: Progress[] = [];
  await membersToCsv(client, accountId, path, (step) => progress.push(step));

  const lines = readFileSync(path, "utf8").trimEnd().split("\r\n");
  expect(lines).toHaveLength(50_001);
  expect(new Set(lines).size).toBe(50_001);
  expect(progress).toEqual([10_000, 20_000, 30_000, 40_000, 50_000].map((done) => ({ done, total: 50_000 })));
});

it("keeps an earlier file if it fails", async () => {
  const server = createMockServer({ fam: { perPage: 2_000 } });
  const others = Array.from({ length: 2_000 }, (_, index) => ({ email: `person-${index}@example.com` }));
  server.seed({ fam: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }, ...others] }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const accountId = (await client.accounts.list().first())?.id ?? "";

  writeFileSync(path, "earlier");
  server.faults.inject({ method: "ListAccountMembers", code: "permission_denied", after: 1 });
  await expect(membersToCsv(client, accountId, path, () => {})).rejects.toThrow("injected fault");
  expect(readFileSync(path, "utf8")).toBe("earlier");
});

it("quotes what a spreadsheet would read as a formula", async () => {
  const server = createMockServer();
  const mallory = { email: "mallory@example.com", firstName: "=1+1", lastName: 'O"Neill, jr.' };
  // Some spreadsheets read a wide sign as the usual one, and skip an empty line.
  const eve = { email: "eve@example.com", firstName: "＝1+1", lastName: "\n=1+1" };
  const members = [{ email: "ada@example.com" }, { email: mallory.email }, { email: eve.email }];
  server.seed({ fam: { users: [mallory, eve], accounts: [{ name: "acme", members }] } });
  const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  const accountId = (await client.accounts.list().first())?.id ?? "";

  await membersToCsv(client, accountId, path, () => {});
  const text = readFileSync(path, "utf8");
  expect(text).toContain(`"mallory@example.com","'=1+1","O""Neill, jr."`);
  expect(text).toContain(`"eve@example.com","'＝1+1","'\n=1+1"`);
});
