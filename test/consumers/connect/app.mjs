// An app that uses Connect and tenantry: its Connect clients over an SDK client, and an SDK client over its Connect transport.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { AlreadyExistsError, ApiError, InvalidArgumentError, refreshableToken, VydonClient } from "tenantry";
import { toConnectTransport, viaConnect } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { AccountRole, UserAccountService } from "tenantry/proto/vydon";
import { webTransport } from "tenantry/web";

const require = createRequire(import.meta.url);
const theirs = createRequire(require.resolve("tenantry")).resolve("@connectrpc/connect");
assert.equal(require.resolve("@connectrpc/connect"), theirs, "there is one copy of Connect");

const server = createMockServer();
const session = server.vydon.signIn({ email: "ada@example.com" });
const baseUrl = "https://vydon.example.com";

// The Connect client uses the layers of the SDK client: it refreshes the token, and retries a failed read.
let refreshes = 0;
const auth = refreshableToken({
  initial: { accessToken: "revoked" },
  refresh: async () => {
    refreshes += 1;
    return { accessToken: session.token };
  },
});
const { clock } = server;
const client = new VydonClient({ baseUrl, fetch: server.fetch, auth, clock });
const raw = createClient(UserAccountService, toConnectTransport(client));
server.faults.inject({ method: "GetUserAccounts", code: "unavailable", times: 2 });
await raw.getUserAccounts({});
assert.equal(refreshes, 1);

const { accountId } = await raw.createTeamAccount({ name: "engines" });
const { invite } = await raw.inviteUserToTeamAccount({
  accountId,
  email: "grace@example.com",
  role: AccountRole.JOB_VIEWER,
});
assert.equal(typeof invite?.expiresAt?.seconds, "bigint");

const refused = await raw.createTeamAccount({ name: "engines" }).catch((reason) => reason);
assert(refused instanceof ConnectError);
assert.equal(refused.code, Code.AlreadyExists);
assert(refused.cause instanceof AlreadyExistsError);

// An SDK client over the app's transport with an interceptor.
const methods = [];
const interceptors = [
  (next) => (request) => {
    methods.push(request.method.name);
    return next(request);
  },
];
const listener = await listen(server);
try {
  const options = { baseUrl: listener.url, interceptors };
  for (const transport of [
    viaConnect(createConnectTransport(options), UserAccountService),
    viaConnect(createGrpcWebTransport(options), UserAccountService),
    webTransport({ baseUrl: listener.url, services: [UserAccountService], protocol: "grpc-web" }),
  ]) {
    const ours = new VydonClient({ transport, auth: session.token });
    const [member] = await ours.members.list(accountId).toArray();
    assert.equal(member.email, "ada@example.com");
    const error = await ours.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason);
    assert(error instanceof ApiError);
    assert(error instanceof InvalidArgumentError, error.message);
    assert.equal(error.violations[0]?.field, "name");
  }
} finally {
  await listener.close();
}
assert.deepEqual(methods, [
  "GetTeamAccountMembers",
  "CreateTeamAccount",
  "GetTeamAccountMembers",
  "CreateTeamAccount",
]);
