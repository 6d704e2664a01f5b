// An app with an older Connect of its own, beside which npm nests the one of the SDK. Neither minds the other.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { ConnectError } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { ApiError, InvalidArgumentError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

const require = createRequire(import.meta.url);
const ours = require.resolve("@connectrpc/connect");
const theirs = createRequire(require.resolve("tenantry")).resolve("@connectrpc/connect");
assert.notEqual(ours, theirs, "there are two copies of Connect");

const server = createMockServer();
const { token } = server.vydon.signIn({ email: "ada@example.com" });
const baseUrl = "https://vydon.example.com";

for (const address of [
  { baseUrl, fetch: server.fetch },
  // A transport of the app's own copy.
  { baseUrl, transport: createConnectTransport({ baseUrl, fetch: server.fetch }) },
]) {
  const client = new VydonClient({ ...address, auth: token });
  const user = await client.users.current();
  assert(user.id);
  const error = await client.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason);
  assert(error instanceof InvalidArgumentError);
  assert(error instanceof ApiError);
  assert(error instanceof ConnectError, "of the app's own copy");
  assert.equal(error.violations[0]?.field, "name");
}
