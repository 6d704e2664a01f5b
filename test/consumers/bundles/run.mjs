// Checks a bundle and its input files, and runs it with the mock.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createMockServer } from "tenantry/mock";

export async function run(file, inputs) {
  assert(
    inputs.some((input) => input.includes("node_modules/tenantry/dist/")),
    "the inputs are listed",
  );
  // The bundler must not read these files at all, because it may keep what it reads.
  const heavy = inputs.filter((input) => /node_modules\/@(bufbuild|connectrpc)\/.*\.[cm]?js$/.test(input));
  assert.deepEqual(heavy, [], "a client loads no protobuf and no Connect");

  const code = readFileSync(file, "utf8");
  assert.doesNotMatch(code, /["'`]node:/, "a browser has no modules of Node");
  assert.doesNotMatch(
    code,
    /@bufbuild|@connectrpc|findDetails|fileDesc|buf\.validate\.field/,
    "a client has nothing of protobuf and Connect",
  );

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
