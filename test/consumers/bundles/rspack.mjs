import assert from "node:assert/strict";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { rspack } from "@rspack/core";
import { run } from "./run.mjs";

const stats = await promisify(rspack)({
  mode: "production",
  target: "web",
  entry: "./app.mjs",
  output: { path: resolve("dist"), filename: "rspack.cjs" },
});
assert(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
await run("dist/rspack.cjs", [...stats.compilation.fileDependencies]);
