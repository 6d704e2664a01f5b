import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { entries } from "../../scripts/entries.js";

const folder = "node_modules/.cache/bench/entries";

/** Each entry of the package with the file that is built of it, and with `bare` what the bare client imports. */
export interface BuiltEntry {
  readonly specifier: string;
  readonly file: string;
}

/** Builds the package's entries as `npm run build` does, but for the declarations, and beside `dist/`. */
export async function buildEntries(): Promise<BuiltEntry[]> {
  await build({
    entryPoints: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
    ...{ outdir: folder, bundle: true, splitting: true, packages: "external", tsconfigRaw: {} },
    ...{ format: "esm", platform: "neutral", target: "es2022", external: ["node:*"], logLevel: "error" },
  });
  return entries.map(({ specifier, name }) => ({ specifier, file: resolve(folder, `${name}.js`) }));
}

/** Leads imports of the package to what {@link buildEntries} made. */
export function toBuilt(built: readonly BuiltEntry[]): Plugin {
  return {
    name: "built-entries",
    setup({ onResolve }) {
      onResolve({ filter: /^tenantry(\/|$)/ }, ({ path }) => {
        const file = built.find(({ specifier }) => specifier === path)?.file;
        return file === undefined ? null : { path: file, sideEffects: false };
      });
    },
  };
}
