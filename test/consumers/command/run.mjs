// `npx tenantry mock --port 0`, called over HTTP, and ended as Ctrl+C ends it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { VydonClient } from "tenantry";

const command = spawn("npx", ["--offline", "tenantry", "mock", "--port", "0"], { detached: true });
let said = "";
for await (const chunk of command.stdout) {
  said += chunk;
  if (said.includes("curl ")) break;
}
const baseUrl = /listens at (\S+)/.exec(said)[1];
const auth = /a token to try.*\n(\S+)/.exec(said)[1];

const client = new VydonClient({ baseUrl, auth });
const { accountId } = await client.accounts.createTeam({ name: "engines" });
assert.equal((await client.members.list(accountId).toArray()).length, 1);

// The terminal sends it to the whole group.
process.kill(-command.pid, "SIGINT");
await once(command, "exit");
await assert.rejects(fetch(baseUrl));
