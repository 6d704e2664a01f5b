// A script with ES modules. It runs unchanged on Node, Bun and Deno.
import assert from "node:assert/strict";
import { InvalidArgumentError, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

const server = createMockServer();
const organizations = ["north", "south", "west"].map((name) => ({ name, domain: "example.com" }));
server.seed({ ona: { organizations } });

const vydon = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
const { accountId } = await vydon.accounts.createTeam({ name: "engines" });
const emails = [];
for await (const member of vydon.members.list(accountId)) emails.push(member.email);
assert.deepEqual(emails, ["ada@example.com"]);

const ona = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
const lengths = [];
for await (const { items } of ona.accounts.listJoinableOrganizations({ pageSize: 2 }).pages()) {
  lengths.push(items.length);
}
assert.deepEqual(lengths, [2, 1]);

try {
  await vydon.accounts.createTeam({ name: "No Spaces" });
  assert.fail("a name with a space was accepted");
} catch (error) {
  assert(error instanceof InvalidArgumentError);
  assert.equal(error.violations[0]?.field, "name");
}
