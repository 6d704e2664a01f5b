import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The repository's own source in place of the package, so that the example runs straight from a clone. An app of your
    // own needs none of this: it has `tenantry` from npm.
    alias: [
      { find: /^tenantry$/, replacement: source("index.ts") },
      { find: /^tenantry\/(query|mock|mock\/msw)$/, replacement: source("$1/index.ts") },
    ],
    // What that source imports is found here, whether or not the repository's own dependencies are installed.
    dedupe: [
      "@bufbuild/protobuf",
      "@bufbuild/protovalidate",
      "@connectrpc/connect",
      "@tanstack/query-core",
      "msw",
    ],
  },
  server: { fs: { allow: ["../.."] } },
  // The mock server is in it, which no app of your own would ship.
  build: { target: "es2022", chunkSizeWarningLimit: 2_000 },
});
