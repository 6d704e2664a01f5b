import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(path, "utf8");
const manifest = JSON.parse(read("package.json"));
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== "./package.json");

describe("the package's entries", () => {
  it.each(subpaths)("%s has modules and CommonJS, with declarations for each", (subpath) => {
    const file = subpath === "." ? "./dist/index" : subpath.replace("./", "./dist/");
    expect(manifest.exports[subpath]).toEqual({
      import: { types: `${file}.d.ts`, default: `${file}.js` },
      require: { types: `${file}.d.cts`, default: `${file}.cjs` },
    });
  });

  it("are the ones that the compiler and the docs know", () => {
    const sources = subpaths.map(sourceOf);
    const { entryPoints } = JSON.parse(read("typedoc.json"));
    const { paths } = JSON.parse(read("tsconfig.json")).compilerOptions;
    expect(entryPoints).toEqual(sources);
    expect(paths).toEqual(
      Object.fromEntries(
        subpaths.map((subpath, index) => [`tenantry${subpath.slice(1)}`, [`./${sources[index]}`]]),
      ),
    );
  });
});

describe("the package's dependencies", () => {
  it("keep Connect's packages in lockstep, on a minor version that accepts Node 20", () => {
    const packages = Object.entries(manifest.dependencies).filter(([name]) =>
      name.startsWith("@connectrpc/"),
    );
    const [, range] = packages[0] ?? [];
    expect(range).toMatch(/^~\d+\.\d+\.\d+$/);
    expect(packages).toEqual([
      ["@connectrpc/connect", range],
      ["@connectrpc/connect-node", range],
      ["@connectrpc/connect-web", range],
    ]);
  });
});

/** The source of a subpath: a folder's index, or a file. */
function sourceOf(subpath: string): string {
  const path = `src${subpath.slice(1)}`;
  return existsSync(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`;
}
