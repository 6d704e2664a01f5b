import { build } from "esbuild";
import { run } from "./run.mjs";

await build({
  entryPoints: ["app.mjs"],
  outfile: "dist/esbuild.mjs",
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
});
await run("dist/esbuild.mjs");
