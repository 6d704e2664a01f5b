import { defineConfig } from "tsup";

/** What the package offers, by subpath; `package.json` says the same under "exports". */
const entry = {
  index: "src/index.ts",
  vydon: "src/vydon/index.ts",
  mock: "src/mock/index.ts",
  "mock/node": "src/mock/node/index.ts",
};

export default defineConfig([
  {
    entry,
    format: ["esm", "cjs"],
    dts: true,
    splitting: true,
    target: "es2022",
    platform: "neutral",
    external: [/^node:/],
    clean: true,
    removeNodeProtocol: false,
  },
]);
