// Node only: a client with gRPC over HTTP/2, and the mock on a port.
import assert from "node:assert/strict";
import { AlreadyExistsError, ApiError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { nodeTransport } from "tenantry/node";

const server = createMockServer();
const listener = await listen(server);
const transport = nodeTransport({ baseUrl: listener.url, protocol: "grpc" });
try {
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ transport, auth: token });
  const { accountId } = await client.accounts.createTeam({ name: "engines" });
  assert.equal((await client.members.list(accountId).first())?.email, "ada@example.com");

  const error = await client.accounts.createTeam({ name: "engines" }).catch((reason) => reason);
  assert(error instanceof ApiError);
  assert(error instanceof AlreadyExistsError, error.message);
} finally {
  await transport.close();
  await listener.close();
}
