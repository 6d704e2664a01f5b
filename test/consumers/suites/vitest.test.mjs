// The same with vitest, and what a server's bad day looks like.
import { RateLimitedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, describe, expect, it } from "vitest";

describe("our team page", () => {
  const server = createMockServer();
  beforeEach(() => server.reset());

  it("lists who is in the team", async () => {
    const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const { accountId } = await ada.accounts.createTeam({ name: "engines" });
    const members = await ada.members.list(accountId).toArray();
    expect(members).toMatchObject([{ email: "ada@example.com", role: "admin" }]);
  });

  it("says so when the server has had enough", async () => {
    const session = server.vydon.signIn({ email: "ada@example.com" });
    const ada = new VydonClient({ ...session.connect(), retry: false });
    server.faults.inject({ method: "GetUserAccounts", code: "resource_exhausted", times: 1 });
    await expect(ada.accounts.list().toArray()).rejects.toBeInstanceOf(RateLimitedError);
    await expect(ada.accounts.list().toArray()).resolves.toBeDefined();
  });
});
