import { PermissionDeniedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, test } from "vitest";

test("a viewer cannot invite", async () => {
  const server = createMockServer();
  server.seed({
    vydon: {
      accounts: [
        {
          name: "acme",
          members: [{ email: "ada@example.com" }, { email: "grace@example.com", role: "job_viewer" }],
        },
      ],
    },
  });
  const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());
  const account = await grace.accounts.list().first();

  const invite = grace.invites.create(account?.id ?? "", { email: "barbara@example.com" });
  await expect(invite).rejects.toBeInstanceOf(PermissionDeniedError);
  server.calls.expect("InviteUserToTeamAccount").toHaveBeenCalledOnce();
});
