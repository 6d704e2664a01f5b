// The same script as module.mjs in CommonJS.
const assert = require("node:assert/strict");
const { InvalidArgumentError, VydonClient } = require("tenantry");
const { OnaClient } = require("tenantry/ona");
const { createMockServer } = require("tenantry/mock");

async function main() {
  const server = createMockServer();
  const organizations = ["north", "south", "west"].map((name) => ({ name, domain: "example.com" }));
  server.seed({ ona: { organizations } });

  const vydon = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const { accountId } = await vydon.accounts.createTeam({ name: "engines" });
  const [ada] = await vydon.members.list(accountId).toArray();
  assert.equal(ada.email, "ada@example.com");

  const ona = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
  const pages = ona.accounts.listJoinableOrganizations({ pageSize: 2 }).pages();
  const lengths = [];
  for await (const { items } of pages) lengths.push(items.length);
  assert.deepEqual(lengths, [2, 1]);

  try {
    await vydon.accounts.createTeam({ name: "No Spaces" });
    assert.fail("a name with a space was accepted");
  } catch (error) {
    assert(error instanceof InvalidArgumentError);
  }
}

main();
