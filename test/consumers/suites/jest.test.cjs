// The test suite of a project that uses the SDK, with Jest and CommonJS.
const { PermissionDeniedError, VydonClient } = require("tenantry");
const { createMockServer } = require("tenantry/mock");

describe("our team page", () => {
  const server = createMockServer();
  beforeEach(() => server.reset());

  it("lists who is in the team", async () => {
    const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const { accountId } = await ada.accounts.createTeam({ name: "engines" });
    const members = await ada.members.list(accountId).toArray();
    expect(members.map(({ email }) => email)).toEqual(["ada@example.com"]);
  });

  it("is closed to people outside of the team", async () => {
    const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const grace = new VydonClient(server.vydon.signIn({ email: "grace@example.com" }).connect());
    const { accountId } = await ada.accounts.createTeam({ name: "engines" });
    await expect(grace.members.list(accountId).toArray()).rejects.toBeInstanceOf(PermissionDeniedError);
  });
});
