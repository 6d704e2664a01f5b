import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle, imports, resolveEntries } from "../scripts/bundles.js";
import { entries } from "../scripts/entries.js";

const read = (path: string) => readFileSync(path, "utf8");
const manifest = JSON.parse(read("package.json"));
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== "./package.json");

describe("the entries in package.json", () => {
  it.each(subpaths)("%s has an ES module and a CommonJS file, each with declarations", (subpath) => {
    const file = subpath === "." ? "./dist/index" : subpath.replace("./", "./dist/");
    expect(manifest.exports[subpath]).toEqual({
      import: { types: `${file}.d.ts`, default: `${file}.js` },
      require: { types: `${file}.d.cts`, default: `${file}.cjs` },
    });
  });

  it("are in `typesVersions`, for TypeScript's older module resolution", () => {
    const expected = subpaths
      .filter((subpath) => subpath !== ".")
      .map((subpath) => [subpath.slice(2), [`dist/${subpath.slice(2)}.d.cts`]]);
    expect(manifest.typesVersions).toEqual({ "*": Object.fromEntries(expected) });
  });

  it("are the entry points of the docs", () => {
    const { entryPoints }: { entryPoints: string[] } = JSON.parse(read("typedoc.json"));
    const patterns = entryPoints.map((glob) => new RegExp(`^${glob.replaceAll("*", "[^/]+")}$`));
    const files = readdirSync("src", { recursive: true, encoding: "utf8" }).map((file) => `src/${file}`);
    const described = files.filter((file) => patterns.some((pattern) => pattern.test(file)));
    expect(described.sort()).toEqual(subpaths.map(sourceOf).sort());
  });

  it.each(subpaths)("%s resolves to its source in this repository's tsconfig.json", (subpath) => {
    const { paths } = JSON.parse(read("tsconfig.json")).compilerOptions;
    const rest = subpath.slice(2);
    const tried: string[] = rest === "" ? paths["tenantry"] : paths["tenantry/*"];
    const found = tried.map((path) => path.replace("*", rest)).find((path) => existsSync(path));
    expect(found).toBe(`./${sourceOf(subpath)}`);
  });
});

describe("tenantry exports", () => {
  /** The names of all exports of a source, with the files that they come from. */
  const exportsOf = (path: string) =>
    [...read(path).matchAll(/^export (?:type )?\{([^}]+)\} from "(.+)\.js";$/gm)].flatMap(
      ([, names = "", file = ""]) =>
        [...names.matchAll(/(?:type )?(\w+)(?:,|\s*$)/g)].map(([, name = ""]) => ({ name, file })),
    );
  const main = exportsOf("src/index.ts").map(({ name }) => name);

  const apis = subpaths.flatMap((subpath) => /^\.\/(\w+)\/methods$/.exec(subpath)?.[1] ?? []);

  it.each(apis)("all that tenantry/%s exports, except the classes of resources", (api) => {
    const all = exportsOf(`src/${api}/index.ts`);
    const isResource = ({ name, file }: (typeof all)[number]) =>
      file !== "./client" && read(`src/${api}/${file}.ts`).includes(`export class ${name} `);
    expect(all.length).toBeGreaterThan(10);
    const missing = all.filter((each) => !isResource(each)).filter(({ name }) => !main.includes(name));
    expect(missing, "add them to src/index.ts").toEqual([]);
  });
});

describe.each(["package-lock.json", "examples/team-admin/package-lock.json"])("%s", (file) => {
  it("has an integrity hash for every package", () => {
    const packages: Record<string, { integrity?: string; link?: true }> = JSON.parse(read(file)).packages;
    const unsigned = Object.entries(packages).filter(
      ([path, { integrity, link }]) => path.startsWith("node_modules/") && !link && !integrity,
    );
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(unsigned.map(([path]) => path)).toEqual([]);
  });

  it("has no `libc` fields, so `npm install` with npm 10 does not change it", () => {
    const { packages } = JSON.parse(read(file));
    // npm 11 writes `libc`, and npm 10, which comes with Node 20 and 22, removes it again.
    const changed = Object.keys(packages).filter((name) => "libc" in packages[name]);
    expect(changed).toEqual([]);
  });
});

describe("the inspector's page", () => {
  const sources = new Map(entries.map(({ specifier, source }) => [specifier, resolve(source)]));
  const bundleOf = async (specifier: string) => {
    const each = imports.find(({ label }) => label === specifier || label === `${specifier}, all of it`);
    if (each === undefined) throw new Error(`${specifier} is not an entry`);
    const { code, inputs } = await bundle(each, [resolveEntries((name) => sources.get(name))]);
    const files = inputs.filter((input) => input.includes("inspector"));
    return { files, hasPage: Buffer.from(code).includes("mock inspector") };
  };

  it("is in the bundle of tenantry/mock/node", async () => {
    const { files, hasPage } = await bundleOf("tenantry/mock/node");
    expect(files.sort()).toEqual([
      "gen/tenantry/mock/inspector.ts",
      "src/mock/node/inspector/create-inspector.ts",
    ]);
    expect(hasPage).toBe(true);
  });

  it.each(["tenantry", "tenantry/vydon", "tenantry/mock", "tenantry/mock/msw"])(
    "is not in the bundle of %s",
    async (specifier) => {
      expect(await bundleOf(specifier)).toEqual({ files: [], hasPage: false });
    },
  );

  it("is imported dynamically, and so is a separate file in the package", () => {
    const source = read("src/mock/node/inspector/create-inspector.ts");
    expect(source).toContain('await import("../../../../gen/tenantry/mock/inspector.js")');
    expect(source).not.toMatch(/^import .*gen\/tenantry\/mock\/inspector/m);
  });
});

describe("the package's dependencies", () => {
  it("have the same version of all Connect packages, limited to one minor version", () => {
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

/** Returns the source of a subpath: a file, or a folder's index. */
function sourceOf(subpath: string): string {
  const path = `src${subpath.slice(1)}`;
  return existsSync(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`;
}
