/** The package's entries: each subpath of "exports" in `package.json`, with its source and its name in `dist/`. */
import { existsSync, readFileSync } from "node:fs";

export interface Entry {
  /** The name in an import: `tenantry`, `tenantry/mock/node`. */
  readonly specifier: string;
  /** Its file in `dist/` without extension: `index`, `mock/node`. */
  readonly name: string;
  readonly source: string;
}

// The path is relative to the working directory, which is the package's root, because tsup bundles its configuration to
// another place.
const manifest: { name: string; exports: Record<string, unknown> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);

export const entries: readonly Entry[] = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== "./package.json")
  .map((subpath) => {
    const path = subpath.slice(1);
    const file = `src${path}.ts`;
    return {
      specifier: manifest.name + path,
      name: path.slice(1) || "index",
      source: existsSync(file) ? file : `src${path}/index.ts`,
    };
  })
  .filter(({ source }) => existsSync(source));
