// A suite that renders a page, with Jest and jsdom.
const { PermissionDeniedError, VydonClient } = require("tenantry");
const { createMockServer } = require("tenantry/mock");

/** The page under test. */
async function showMembers(client, accountId) {
  const items = await client.members.list(accountId).toArray();
  document.body.replaceChildren(
    ...items.map(({ email }) => Object.assign(document.createElement("li"), { textContent: email })),
  );
}

describe("our team page", () => {
  const server = createMockServer();
  beforeEach(() => server.reset());
  const as = (email) => new VydonClient(server.vydon.signIn({ email }).connect());

  it("shows who is in the team", async () => {
    const ada = as("ada@example.com");
    const { accountId } = await ada.accounts.createTeam({ name: "engines" });
    await showMembers(ada, accountId);
    expect(document.querySelector("li").textContent).toBe("ada@example.com");
  });

  it("is closed to people outside of the team", async () => {
    const { accountId } = await as("ada@example.com").accounts.createTeam({ name: "engines" });
    await expect(showMembers(as("grace@example.com"), accountId)).rejects.toBeInstanceOf(
      PermissionDeniedError,
    );
  });

  it("ends an aborted call", async () => {
    const controller = new AbortController();
    const call = as("ada@example.com").users.current({ signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "CanceledError" });
  });
});
