// Runs a bundle against the mock: `node run.mjs FILE`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createMockServer } from "tenantry/mock";

export async function run(file) {
  const code = readFileSync(file, "utf8");
  assert.doesNotMatch(code, /["'`]node:/, "a browser has no modules of Node");
  assert.doesNotMatch(code, /protovalidate|buf\.validate\.field/, "a client has no validation rules");

  const server = createMockServer();
  const organizations = ["north", "south", "west"].map((name) => ({ name, domain: "example.com" }));
  server.seed({ ona: { organizations } });

  await import(pathToFileURL(resolve(file)).href);
  const answer = await globalThis.app({
    fetch: server.fetch,
    vydonToken: server.vydon.signIn({ email: "ada@example.com" }).token,
    onaToken: server.ona.signIn({ email: "ada@example.com" }).token,
  });
  assert.deepEqual(answer, { members: ["ada@example.com"], pages: [2, 1], typed: true });
}
