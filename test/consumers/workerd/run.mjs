// Runs the Worker in workerd with miniflare.
import assert from "node:assert/strict";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

await build({ entryPoints: ["worker.mjs"], outfile: "dist/worker.mjs", bundle: true, format: "esm" });
const worker = new Miniflare({
  modules: true,
  scriptPath: "dist/worker.mjs",
  compatibilityDate: "2026-01-01",
});
try {
  const response = await worker.dispatchFetch("http://localhost/");
  assert.deepEqual(await response.json(), { members: ["ada@example.com"], pages: [2, 1], typed: true });
} finally {
  await worker.dispose();
}
