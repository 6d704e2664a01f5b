// `instanceof` works if one dependency imports tenantry and another requires it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as esm from "tenantry";
import { createMockServer } from "tenantry/mock";

const cjs = createRequire(import.meta.url)("tenantry");
assert.notEqual(esm.VydonClient, cjs.VydonClient);

for (const [here, there] of [
  [esm, cjs],
  [cjs, esm],
]) {
  const server = createMockServer();
  const client = new here.VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const error = await client.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason);
  assert(error instanceof here.InvalidArgumentError);
  assert(error instanceof there.InvalidArgumentError);
  assert(error instanceof there.ApiError);
  assert.equal(error.name, "InvalidArgumentError");
  assert.equal(error.code, "invalid_argument");
  assert(!(error instanceof there.NotFoundError));
}
