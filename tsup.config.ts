import { defineConfig } from "tsup";

/** What the package offers, by subpath; `package.json` says the same under "exports". */
const entry = {
  index: "src/index.ts",
  vydon: "src/vydon/index.ts",
  ona: "src/ona/index.ts",
  fam: "src/fam/index.ts",
  node: "src/node/index.ts",
  query: "src/query/index.ts",
  otel: "src/otel/index.ts",
  mock: "src/mock/index.ts",
  "mock/msw": "src/mock/msw/index.ts",
  "mock/node": "src/mock/node/index.ts",
  cli: "src/mock/node/cli.ts",
};

export default defineConfig({
  entry,
  format: ["esm", "cjs"],
  // Shared chunks, so that a class is one and the same in every entry.
  splitting: true,
  dts: true,
  target: "es2022",
  platform: "neutral",
  external: [/^node:/],
  removeNodeProtocol: false,
  clean: true,
});
