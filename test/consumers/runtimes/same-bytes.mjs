// The same random seed and the same calls give the same bytes on every runtime.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

const server = createMockServer({ randomSeed: 7 });
const hash = createHash("sha256");
const fetch = async (input, init) => {
  const response = await server.fetch(input, init);
  const bytes = new Uint8Array(await response.clone().arrayBuffer());
  hash.update(bytes);
  return response;
};
const { token } = server.vydon.signIn({ email: "ada@example.com" });
const client = new VydonClient({
  baseUrl: "https://vydon.example.com",
  auth: token,
  fetch,
  clock: server.clock,
});

const { accountId } = await client.accounts.createTeam({ name: "acme" });
await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });
server.clock.advance("13d 4h");
await client.invites.list(accountId);
await client.members.list(accountId);
await client.billing.validity(accountId);
hash.update(JSON.stringify(server.snapshot()));

assert.equal(hash.digest("hex"), "25a48d71041524729dbb13379a28784f52d6fef0e647978d8f47fdac8ed8f127");
