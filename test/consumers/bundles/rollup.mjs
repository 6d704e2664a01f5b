import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { run } from "./run.mjs";

const bundle = await rollup({
  input: "app.mjs",
  plugins: [nodeResolve({ browser: true })],
  // Rollup only warns about an unresolved import.
  onwarn: (warning) => {
    if (warning.code === "UNRESOLVED_IMPORT") throw new Error(warning.message);
  },
});
await bundle.write({ file: "dist/rollup.mjs", format: "esm" });
await run("dist/rollup.mjs", bundle.watchFiles);
