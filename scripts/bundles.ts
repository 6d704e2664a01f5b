/** What each import brings along: bundled by esbuild, minified, compressed as `gzip -9` does. */
import { constants, gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** An import, and what it may cost. */
export interface Import {
  readonly label: string;
  readonly code: string;
  /** In bytes. None for what is only there to compare with. */
  readonly limit?: number;
  /** What runs in Node only may import its modules. */
  readonly platform?: "browser" | "node";
  /** The mock needs the rules; a client may not have them. */
  readonly rules?: boolean;
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
  { label: "VydonClient of tenantry", code: pick("VydonClient", "tenantry"), limit: 42_000 },
  { label: "VydonClient of tenantry/vydon", code: pick("VydonClient", "tenantry/vydon"), limit: 42_000 },
  { label: "OnaClient of tenantry/ona", code: pick("OnaClient", "tenantry/ona"), limit: 40_000 },
  { label: "FamClient of tenantry/fam", code: pick("FamClient", "tenantry/fam"), limit: 41_000 },
  {
    label: "all three clients of tenantry",
    code: pick("FamClient, OnaClient, VydonClient", "tenantry"),
    limit: 47_500,
  },
  { label: "tenantry, all of it", code: all("tenantry"), limit: 49_500 },
  { label: "tenantry/vydon", code: all("tenantry/vydon"), limit: 42_000 },
  { label: "tenantry/ona", code: all("tenantry/ona"), limit: 40_000 },
  { label: "tenantry/fam", code: all("tenantry/fam"), limit: 41_000 },
  { label: "tenantry/query", code: all("tenantry/query"), limit: 2_500 },
  { label: "tenantry/otel", code: all("tenantry/otel"), limit: 1_500 },
  { label: "tenantry/mock", code: all("tenantry/mock"), limit: 155_000, rules: true },
  { label: "tenantry/mock/msw", code: all("tenantry/mock/msw"), limit: 40_000 },
  { label: "tenantry/node", code: all("tenantry/node"), limit: 47_000, platform: "node" },
  {
    label: "tenantry/mock/node",
    code: all("tenantry/mock/node"),
    limit: 135_000,
    platform: "node",
    rules: true,
  },
];

function pick(name: string, specifier: string): string {
  return `export { ${name} } from "${specifier}";`;
}

function all(specifier: string): string {
  return `export * from "${specifier}";`;
}

/** The size of an import in bytes. */
export async function measure(each: Import, plugins?: Plugin[]): Promise<number> {
  const code = await bundle(each, plugins);
  return gzipSync(code, { level: constants.Z_BEST_COMPRESSION }).byteLength;
}

/** An import's bundle. The package is what is built in `dist/`. */
export async function bundle(
  { code, platform = "browser" }: Import,
  plugins: Plugin[] = [],
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ".", loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
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
  return output.contents;
}
