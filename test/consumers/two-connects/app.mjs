// An app with another version of Connect: npm installs tenantry's version in a nested folder. An SDK client calls through the
// app's transport, and the app's Connect clients call through an SDK client. Each side gets errors of its own class.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AlreadyExistsError, ApiError, InvalidArgumentError, VydonClient } from "tenantry";
import { toConnectTransport, viaConnect } from "tenantry/connect";
import { createMockServer } from "tenantry/mock";
import { UserAccountService } from "tenantry/proto/vydon";

const require = createRequire(import.meta.url);
const theirs = createRequire(require.resolve("tenantry")).resolve("@connectrpc/connect");
assert.notEqual(require.resolve("@connectrpc/connect"), theirs, "there are two copies of Connect");

const server = createMockServer();
const { token } = server.vydon.signIn({ email: "ada@example.com" });
const baseUrl = "https://vydon.example.com";

const own = createConnectTransport({ baseUrl, fetch: server.fetch });
const client = new VydonClient({ transport: viaConnect(own, UserAccountService), auth: token });
assert((await client.users.current()).id);
const error = await client.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason);
assert(error instanceof InvalidArgumentError);
assert(error instanceof ApiError);
assert.equal(error.violations[0]?.field, "name");

const lean = new VydonClient({ baseUrl, fetch: server.fetch, auth: token });
const raw = createClient(UserAccountService, toConnectTransport(lean));
await raw.createTeamAccount({ name: "engines" });
const refused = await raw.createTeamAccount({ name: "engines" }).catch((reason) => reason);
assert(refused instanceof ConnectError, "the error is of the app's copy of Connect");
assert(refused.cause instanceof AlreadyExistsError);
