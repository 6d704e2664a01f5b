import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "esbuild";

const core = "src/core";

/** A module that needs no other one of the core. `tenantry/query` needs only this one, so it stays in a file of its own. */
const alone = join(core, "errors/may-have-acted");

/** The entry of {@link coreInOneFile}, written for each build. */
export const coreEntry = "node_modules/.cache/tenantry/core.ts";

/**
 * Puts all of `src/core` into one file of `dist/`, `core.js`. Without it, esbuild makes a chunk for each set of modules that
 * some entries share. Loading eight small files takes a process longer than running their code.
 */
export function coreInOneFile(): Plugin {
  const folder = dirname(coreEntry);
  const modules = readdirSync(core, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => join(core, file))
    .filter((file) => file !== `${alone}.ts`);
  const lines = modules.map((file) => `export * from "${relative(folder, file)}";`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(coreEntry, `${lines.sort().join("\n")}\n`);
  return {
    name: "core-in-one-file",
    setup({ onResolve }) {
      onResolve({ filter: /\/core\// }, ({ importer, resolveDir, path }) => {
        const from = relative(".", importer);
        const isOurs = from.startsWith("src/") && !from.startsWith(`${core}/`);
        const to = relative(".", join(resolveDir, path));
        const isCore = to.startsWith(`${core}/`) && to !== `${alone}.js`;
        // All entries that import the core lie in the same folder.
        return isOurs && isCore ? { path: "./core.js", external: true } : undefined;
      });
    },
  };
}
