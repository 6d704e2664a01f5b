import { FamClient, UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { main, offboard } from "../../examples/offboard.js";

const ada = { email: "ada@example.com" };
const grace = { email: "grace@example.com" };
const members = [ada, { ...grace, role: "job_viewer" as const }];
const twoTeams = { accounts: ["one", "two"].map((name) => ({ name, members })) };

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
  server.seed({ vydon: twoTeams });
  const vydon = new VydonClient(server.vydon.signIn(ada).connect());
  server.faults.inject({ method: "RemoveTeamAccountMember", code: "permission_denied", times: 1 });
  const first = await offboard({ email: grace.email, vydon }, { dryRun: false });
  expect(first.map(({ result }) => result)).toEqual(["failed", "ended"]);
  const second = await offboard({ email: grace.email, vydon }, { dryRun: false });
  expect(second.map(({ result }) => result)).toEqual(["ended"]);
  expect(await offboard({ email: grace.email, vydon }, { dryRun: false })).toEqual([]);
});

it("offboard() finds an email that differs in case, which is another person only on Vydon", async () => {
  const server = createMockServer();
  const Grace = { email: "Grace@Example.com" };
  server.seed({
    vydon: {
      accounts: [
        {
          name: "acme",
          members: [ada, { ...Grace, role: "job_viewer" }],
          invites: [{ email: "GRACE@example.com" }],
        },
      ],
    },
    fam: { accounts: [{ name: "Shop", members: [ada], invites: [Grace] }] },
  });
  const vydon = new VydonClient(server.vydon.signIn(ada).connect());
  const fam = new FamClient(server.fam.signIn(ada).connect());
  const outcomes = await offboard({ email: grace.email, vydon, fam }, { dryRun: false });
  expect(outcomes.map(({ trace, result, why }) => [trace.what, result, why])).toEqual([
    ["member of acme (job_viewer)", "left", expect.stringContaining("Grace@Example.com for another person")],
    ["invite to acme", "left", expect.stringContaining("GRACE@example.com for another person")],
    ["invite to Shop", "ended", undefined],
  ]);
});

it("offboard() reports an account that the caller may not search, and ends what is in the others", async () => {
  const server = createMockServer();
  server.seed({
    vydon: twoTeams,
    fam: { accounts: [{ name: "Shop", members: [ada], invites: [grace] }] },
  });
  const vydon = new VydonClient(server.vydon.signIn(ada).connect());
  const fam = new FamClient(server.fam.signIn(ada).connect());
  server.faults.inject({ method: "GetTeamAccountMembers", code: "permission_denied", times: 1 });
  server.faults.inject({ method: "ListAccountMembers", code: "permission_denied", times: 1 });
  const outcomes = await offboard({ email: grace.email, vydon, fam }, { dryRun: false });
  expect(outcomes.map(({ trace, result }) => `${trace.what} ${result}`)).toEqual([
    "anything in one left",
    "member of two (job_viewer) ended",
    "anything in Shop left",
  ]);
});

it("offboard() rejects if the caller cannot list the accounts", async () => {
  const { fetch } = createMockServer();
  const vydon = new VydonClient({ baseUrl: "https://vydon.example.com", fetch });
  await expect(offboard({ email: grace.email, vydon }, { dryRun: false })).rejects.toBeInstanceOf(
    UnauthenticatedError,
  );
});
