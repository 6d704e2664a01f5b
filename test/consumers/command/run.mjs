// Starts `npx tenantry mock --port 0`, calls it over HTTP, and stops it as Ctrl+C does.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { VydonClient } from "tenantry";

const command = spawn("npx", ["--offline", "tenantry", "mock", "--port", "0"], { detached: true });
let output = "";
for await (const chunk of command.stdout) {
  output += chunk;
  if (output.includes("curl ")) break;
}
const baseUrl = /listens at (\S+)/.exec(output)[1];
const auth = /: a token of .*\n(\S+)/.exec(output)[1];

const client = new VydonClient({ baseUrl, auth });
const { accountId } = await client.accounts.createTeam({ name: "engines" });
assert.equal((await client.members.list(accountId).toArray()).length, 1);

// A terminal sends the signal to the whole process group.
process.kill(-command.pid, "SIGINT");
await once(command, "exit");
await assert.rejects(fetch(baseUrl));
