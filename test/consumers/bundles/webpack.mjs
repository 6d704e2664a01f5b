import assert from "node:assert/strict";
import { resolve } from "node:path";
import { promisify } from "node:util";
import webpack from "webpack";
import { run } from "./run.mjs";

const stats = await promisify(webpack)({
  mode: "production",
  target: "web",
  entry: "./app.mjs",
  output: { path: resolve("dist"), filename: "webpack.cjs" },
});
assert(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
await run("dist/webpack.cjs", [...stats.compilation.fileDependencies]);
