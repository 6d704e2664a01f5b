// The Worker of the cookbook, in workerd, with a mock server and a token endpoint in Node.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";

const outfile = "dist/app.mjs";
await build({
  entryPoints: ["app.mjs"],
  outfile,
  bundle: true,
  format: "esm",
  external: ["cloudflare:workers"],
});

const server = createMockServer({ now: new Date() });
const api = await listen(server);
const robot = server.vydon.signIn({ email: "robot@example.com" });
const grace = server.vydon.signIn({ email: "grace@example.com" });

let refreshes = 0;
let respond = () => {};
const tokens = createServer((_request, response) => {
  refreshes += 1;
  // The response is sent later, because the requests must wait for it at the same time.
  respond = () =>
    response.end(JSON.stringify({ accessToken: robot.token, expiresAt: Date.now() + 3_600_000 }));
}).listen(0, "127.0.0.1");
await once(tokens, "listening");

const bindings = {
  VYDON_URL: api.url,
  VYDON_API_KEY: robot.token,
  TOKEN_URL: `http://127.0.0.1:${tokens.address().port}/`,
  REFRESH_TOKEN: "the-first",
};
const worker = new Miniflare({
  modules: true,
  scriptPath: outfile,
  compatibilityDate: "2026-01-01",
  bindings,
});
const get = async (path, headers = {}) => {
  const response = await worker.dispatchFetch(`http://localhost${path}`, { headers });
  assert.equal(response.status, 200, path);
  return response.json();
};

try {
  // The client of the isolate, in two requests.
  assert.deepEqual(await get("/server"), await get("/server"));
  // Each request uses the token of its person.
  assert.equal((await get("/me", { authorization: `Bearer ${grace.token}` })).id, grace.userId);
  assert.equal((await get("/me", { authorization: `Bearer ${robot.token}` })).id, robot.userId);
  // Requests of one isolate share a refresh.
  const responses = Promise.all([get("/robot"), get("/robot"), get("/robot")]);
  await once(tokens, "request");
  respond();
  assert.deepEqual(
    (await responses).map(({ id }) => id),
    [robot.userId, robot.userId, robot.userId],
  );
  assert.equal(refreshes, 1);
} finally {
  await worker.dispose();
  tokens.close();
  await api.close();
}
