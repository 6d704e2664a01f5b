/** The size of each import: bundled by esbuild, minified, compressed as with `gzip -9`. */
import { constants, gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { entries } from "./entries.js";

/** An import, and its size limit. */
export interface Import {
  readonly label: string;
  readonly code: string;
  /** The size limit in bytes. Undefined for an import that is only there for comparison. */
  readonly limit?: number;
  /** Only a bundle for Node may import Node's modules. */
  readonly platform?: "browser" | "node";
  /** Whether it must not load protobuf or Connect. */
  readonly lean?: boolean;
}

/** A Connect client without this package, for comparison. */
export const bareClient = `
  export { createClient } from "@connectrpc/connect";
  export { createConnectTransport } from "@connectrpc/connect-web";
  export { UserAccountService } from "./gen/mgmt/v1alpha1/user_account_pb.ts";
`;

/** The size limit of each entry with all its exports, in bytes. */
const limits: Readonly<Record<string, number>> = {
  tenantry: 28_700,
  "tenantry/vydon": 15_400,
  "tenantry/vydon/methods": 800,
  "tenantry/ona": 16_500,
  "tenantry/ona/methods": 800,
  "tenantry/fam": 14_500,
  "tenantry/fam/methods": 500,
  "tenantry/query": 5_550,
  "tenantry/otel": 3_150,
  "tenantry/redis": 3_300,
  "tenantry/testing": 13_550,
  "tenantry/connect": 35_500,
  "tenantry/web": 41_500,
  "tenantry/proto/vydon": 36_000,
  "tenantry/proto/ona": 39_500,
  "tenantry/proto/fam": 34_500,
  "tenantry/node": 80_500,
  "tenantry/mock": 180_300,
  "tenantry/mock/msw": 40_000,
  // 16,500 bytes of it are the inspector's page, which Node loads only when a browser opens it.
  "tenantry/mock/node": 196_500,
};

/** Entries that need protobuf or Connect, or that are for code which loads them. */
const heavy = /^tenantry\/(connect|web|proto|node|mock)\b/;

/** Entries that import Node's modules. */
const forNode = ["tenantry/node", "tenantry/mock/node"];

/** All imports from the package whose size is measured. */
export const imports: readonly Import[] = [
  { label: "a bare Connect client for Vydon", code: bareClient },
  lean("VydonClient of tenantry", pick("VydonClient", "tenantry"), 15_300),
  lean("VydonClient of tenantry/vydon", pick("VydonClient", "tenantry/vydon"), 15_300),
  lean("OnaClient of tenantry/ona", pick("OnaClient", "tenantry/ona"), 16_400),
  lean("FamClient of tenantry/fam", pick("FamClient", "tenantry/fam"), 14_500),
  lean("all three clients of tenantry", pick("FamClient, OnaClient, VydonClient", "tenantry"), 21_600),
  ...entries.map(({ specifier }) => ofEntry(specifier)),
];

/** @throws Error for an entry without a limit. */
function ofEntry(specifier: string): Import {
  const limit = limits[specifier];
  if (limit === undefined) throw new Error(`${specifier} has no limit in scripts/bundles.ts: add one`);
  const label = specifier === "tenantry" ? "tenantry, all of it" : specifier;
  const platform = forNode.includes(specifier) ? "node" : "browser";
  return { label, code: `export * from "${specifier}";`, limit, platform, lean: !heavy.test(specifier) };
}

function lean(label: string, code: string, limit: number): Import {
  return { label, code, limit, lean: true };
}

function pick(name: string, specifier: string): string {
  return `export { ${name} } from "${specifier}";`;
}

/** The bundle of an import. */
export interface Bundle {
  readonly code: Uint8Array;
  /** The relative paths of the files that were read for it, even if no code of them is left in the bundle. */
  readonly inputs: readonly string[];
}

/** Returns the size of an import in bytes. */
export async function measure(each: Import, plugins?: Plugin[]): Promise<number> {
  return gzipped(await bundle(each, plugins));
}

/** Returns the size of a bundle in bytes. */
export function gzipped({ code }: Bundle): number {
  return gzipSync(code, { level: constants.Z_BEST_COMPRESSION }).byteLength;
}

/** Bundles an import. Without a plugin, the package is the build in `dist/`. */
export async function bundle(
  { code, platform = "browser" }: Import,
  plugins: Plugin[] = [],
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: ".", loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform,
    target: "es2022",
    // Resolves the package by its "exports", as after an installation, not by the paths of our sources.
    tsconfigRaw: {},
    external: ["msw", "@tanstack/query-core", "@opentelemetry/api"],
    plugins,
    logLevel: "error",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild wrote nothing");
  return { code: output.contents, inputs: Object.keys(metafile.inputs) };
}

/** Resolves the package's entries to other files than those in `dist/`. */
export function resolveEntries(fileOf: (specifier: string) => string | undefined): Plugin {
  return {
    name: "resolve-entries",
    setup({ onResolve }) {
      onResolve({ filter: /^tenantry(\/|$)/ }, ({ path }) => {
        const file = fileOf(path);
        return file === undefined ? null : { path: file, sideEffects: false };
      });
    },
  };
}
