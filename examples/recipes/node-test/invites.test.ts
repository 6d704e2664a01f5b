import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { PermissionDeniedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

describe("an invite", () => {
  const server = createMockServer();
  const as = (email: string) => new VydonClient(server.vydon.signIn({ email }).connect());
  beforeEach(() => server.reset());

  it("makes the person who accepts it a member", async () => {
    const ada = as("ada@example.com");
    const { accountId } = await ada.accounts.createTeam({ name: "acme" });
    const { token } = await ada.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
    await as("grace@example.com").invites.accept(token);
    const members = await ada.members.list(accountId).toArray();
    assert.deepEqual(
      members.map(({ email, role }) => [email, role]),
      [
        ["ada@example.com", "admin"],
        ["grace@example.com", "job_viewer"],
      ],
    );
    server.calls.expect("AcceptTeamAccountInvite", { token }).toHaveBeenCalledOnce();
  });

  it("expires after a day", async () => {
    const ada = as("ada@example.com");
    const { accountId } = await ada.accounts.createTeam({ name: "acme" });
    const { token } = await ada.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
    server.clock.advance("25h");
    await assert.rejects(as("grace@example.com").invites.accept(token), PermissionDeniedError);
  });
});
