import { UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { main, offboard } from "../../examples/offboard.js";

const ada = { email: "ada@example.com" };
const grace = { email: "grace@example.com" };

it("main() ends all access that it can on every API, and prints what remains", async () => {
  const lines: string[] = [];
  const outcomes = await main((line) => lines.push(line));
  expect(outcomes.map(({ trace: { api }, result }) => `${api} ${result}`)).toEqual([
    "Vydon ended",
    "Vydon ended",
    "FAM left",
    "FAM ended",
    "Ona ended",
  ]);
  expect(lines.at(-1)).toBe("\n4 ended, 1 left to do by hand, 0 failed.");
});

it("offboard() changes nothing with `dryRun`", async () => {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [ada, { ...grace, role: "job_viewer" }] }] } });
  const vydon = new VydonClient(server.vydon.signIn(ada).connect());
  const outcomes = await offboard({ email: grace.email, vydon }, { dryRun: true });
  expect(outcomes.map(({ result }) => result)).toEqual(["would end"]);
  server.calls.expect("RemoveTeamAccountMember").not.toHaveBeenCalled();
  expect(await vydon.members.list(server.vydon.account("acme").id).toArray()).toHaveLength(2);
});

it("offboard() does not remove the only admin of a team", async () => {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme", members: [ada] }] } });
  const vydon = new VydonClient(server.vydon.signIn(ada).connect());
  const [outcome] = await offboard({ email: ada.email, vydon }, { dryRun: false });
  expect(outcome).toMatchObject({
    result: "left",
    why: "the only admin: make another member an admin first",
  });
});

it("offboard() continues after a failure, and finishes when it is run again", async () => {
  const server = createMockServer();
  const members = [ada, { ...grace, role: "job_viewer" as const }];
  server.seed({
    vydon: {
      accounts: [
        { name: "one", members },
        { name: "two", members },
      ],
    },
  });
  const vydon = new VydonClient(server.vydon.signIn(ada).connect());
  server.faults.inject({ method: "RemoveTeamAccountMember", code: "permission_denied", times: 1 });
  const first = await offboard({ email: grace.email, vydon }, { dryRun: false });
  expect(first.map(({ result }) => result)).toEqual(["failed", "ended"]);
  const second = await offboard({ email: grace.email, vydon }, { dryRun: false });
  expect(second.map(({ result }) => result)).toEqual(["ended"]);
  expect(await offboard({ email: grace.email, vydon }, { dryRun: false })).toEqual([]);
});

it("offboard() rejects if the caller cannot list the accounts", async () => {
  const { fetch } = createMockServer();
  const vydon = new VydonClient({ baseUrl: "https://vydon.example.com", fetch });
  await expect(offboard({ email: grace.email, vydon }, { dryRun: false })).rejects.toBeInstanceOf(
    UnauthenticatedError,
  );
});
