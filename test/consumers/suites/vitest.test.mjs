// The test suite of a project that uses the SDK, with vitest and a fault.
import { RateLimitedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, describe, expect, it } from "vitest";

describe("our team page", () => {
  const server = createMockServer();
  beforeEach(() => server.reset());

  it("lists the members of the team", async () => {
    const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const { accountId } = await ada.accounts.createTeam({ name: "engines" });
    const members = await ada.members.list(accountId).toArray();
    expect(members).toMatchObject([{ email: "ada@example.com", role: "admin" }]);
  });

  it("rejects with RateLimitedError when the server responds with resource_exhausted", async () => {
    const session = server.vydon.signIn({ email: "ada@example.com" });
    const ada = new VydonClient({ ...session.connect(), retry: false });
    server.faults.inject({ method: "GetUserAccounts", code: "resource_exhausted", times: 1 });
    await expect(ada.accounts.list().toArray()).rejects.toBeInstanceOf(RateLimitedError);
    await expect(ada.accounts.list().toArray()).resolves.toBeDefined();
  });
});
