import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, expect, it } from "vitest";
import { inviteAll } from "./invite-list.js";

// One server for the file, reset before each test. Nothing here needs a network, a port or a pause.
const server = createMockServer();
const accountId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";
server.seed({
  vydon: {
    accounts: [
      {
        id: accountId,
        name: "acme",
        members: [{ email: "ada@example.com" }, { email: "grace@example.com", role: "job_viewer" }],
      },
    ],
  },
});
beforeEach(() => server.reset());

const as = (email: string) => new VydonClient(server.vydon.signIn({ email }).connect());

it("invites new people, and skips the others", async () => {
  const report = await inviteAll(as("ada@example.com"), accountId, [
    "grace@example.com",
    "barbara@example.com",
  ]);
  expect(report).toEqual({ invited: ["barbara@example.com"], already: ["grace@example.com"], refused: [] });
  server.calls.expect("InviteUserToTeamAccount", { accountId }).toHaveBeenCalledOnce();
});

it("invites no person twice until the first invite has expired", async () => {
  const ada = as("ada@example.com");
  await inviteAll(ada, accountId, ["barbara@example.com"]);
  expect((await inviteAll(ada, accountId, ["barbara@example.com"])).already).toEqual(["barbara@example.com"]);
  server.clock.advance("25h");
  expect((await inviteAll(ada, accountId, ["barbara@example.com"])).invited).toEqual(["barbara@example.com"]);
});

it("fails if the caller is not an admin", async () => {
  await expect(inviteAll(as("grace@example.com"), accountId, ["barbara@example.com"])).rejects.toThrow(
    "Only an admin can invite people.",
  );
});

it("succeeds if the server is unavailable for a moment", async () => {
  server.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable", times: 2 });
  const report = await inviteAll(as("ada@example.com"), accountId, ["barbara@example.com"]);
  expect(report.invited).toEqual(["barbara@example.com"]);
});
