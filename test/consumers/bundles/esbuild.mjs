import { build } from "esbuild";
import { run } from "./run.mjs";

const { metafile } = await build({
  entryPoints: ["app.mjs"],
  outfile: "dist/esbuild.mjs",
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  platform: "browser",
});
await run("dist/esbuild.mjs", Object.keys(metafile.inputs));
