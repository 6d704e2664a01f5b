/** What each import costs: bundled by esbuild, minified, compressed as `gzip -9` does. */
import { constants, gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** An import, and what it may cost. */
export interface Import {
  readonly label: string;
  readonly code: string;
  /** In bytes. None for what is only there for comparison. */
  readonly limit?: number;
  /** Only what runs in Node may import Node's modules. */
  readonly platform?: "browser" | "node";
  /** Whether it may load no protobuf and no Connect. */
  readonly lean?: boolean;
}

/** A Connect client without us, for comparison. */
export const bareClient = `
  export { createClient } from "@connectrpc/connect";
  export { createConnectTransport } from "@connectrpc/connect-web";
  export { UserAccountService } from "./gen/mgmt/v1alpha1/user_account_pb.ts";
`;

/** All that can be imported from the package. */
export const imports: readonly Import[] = [
  { label: "a bare Connect client for Vydon", code: bareClient },
  lean("VydonClient of tenantry", pick("VydonClient", "tenantry"), 15_000),
  lean("VydonClient of tenantry/vydon", pick("VydonClient", "tenantry/vydon"), 15_000),
  lean("OnaClient of tenantry/ona", pick("OnaClient", "tenantry/ona"), 16_200),
  lean("FamClient of tenantry/fam", pick("FamClient", "tenantry/fam"), 14_150),
  lean("all three clients of tenantry", pick("FamClient, OnaClient, VydonClient", "tenantry"), 21_550),
  lean("tenantry, all of it", all("tenantry"), 27_800),
  lean("tenantry/vydon", all("tenantry/vydon"), 15_150),
  lean("tenantry/vydon/methods", all("tenantry/vydon/methods"), 800),
  lean("tenantry/ona", all("tenantry/ona"), 16_300),
  lean("tenantry/ona/methods", all("tenantry/ona/methods"), 800),
  lean("tenantry/fam", all("tenantry/fam"), 14_150),
  lean("tenantry/fam/methods", all("tenantry/fam/methods"), 500),
  lean("tenantry/query", all("tenantry/query"), 5_000),
  lean("tenantry/otel", all("tenantry/otel"), 3_150),
  { label: "tenantry/connect", code: all("tenantry/connect"), limit: 35_500 },
  { label: "tenantry/web", code: all("tenantry/web"), limit: 41_500 },
  { label: "tenantry/proto/vydon", code: all("tenantry/proto/vydon"), limit: 36_000 },
  { label: "tenantry/proto/ona", code: all("tenantry/proto/ona"), limit: 39_500 },
  { label: "tenantry/proto/fam", code: all("tenantry/proto/fam"), limit: 34_500 },
  { label: "tenantry/node", code: all("tenantry/node"), limit: 80_000, platform: "node" },
  { label: "tenantry/mock", code: all("tenantry/mock"), limit: 176_500 },
  { label: "tenantry/mock/msw", code: all("tenantry/mock/msw"), limit: 40_000 },
  { label: "tenantry/mock/node", code: all("tenantry/mock/node"), limit: 172_600, platform: "node" },
];

function lean(label: string, code: string, limit: number): Import {
  return { label, code, limit, lean: true };
}

function pick(name: string, specifier: string): string {
  return `export { ${name} } from "${specifier}";`;
}

function all(specifier: string): string {
  return `export * from "${specifier}";`;
}

/** An import's bundle. */
export interface Bundle {
  readonly code: Uint8Array;
  /** The files that were read for it, by their paths from here: also those of which nothing is left in the bundle. */
  readonly inputs: readonly string[];
}

/** The size of an import in bytes. */
export async function measure(each: Import, plugins?: Plugin[]): Promise<number> {
  return gzipped(await bundle(each, plugins));
}

/** The size of a bundle in bytes. */
export function gzipped({ code }: Bundle): number {
  return gzipSync(code, { level: constants.Z_BEST_COMPRESSION }).byteLength;
}

/** Bundles an import. Without a plugin, the package is what is built in `dist/`. */
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
    // The package as it is installed: its "exports", not the paths of our sources.
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
