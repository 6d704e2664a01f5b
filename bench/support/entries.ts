import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { coreEntry, coreInOneFile } from "../../scripts/core-in-one-file.js";
import { entries } from "../../scripts/entries.js";
import { asPackage } from "./build-options.js";

const folder = "node_modules/.cache/bench/entries";

/** An entry of the package, and its built file. */
export interface BuiltEntry {
  readonly specifier: string;
  readonly file: string;
}

/** Builds the package's entries as `npm run build` does, without declarations, into the benches' own folder. */
export async function buildEntries(): Promise<BuiltEntry[]> {
  // As in the package. Without it, Node would parse each file twice to find out.
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, "package.json"), '{ "type": "module" }');
  await build({
    entryPoints: {
      ...Object.fromEntries(entries.map(({ name, source }) => [name, source])),
      core: coreEntry,
    },
    plugins: [coreInOneFile()],
    outdir: folder,
    splitting: true,
    external: ["node:*"],
    ...asPackage,
  });
  return entries.map(({ specifier, name }) => ({ specifier, file: resolve(folder, `${name}.js`) }));
}
