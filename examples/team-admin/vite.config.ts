import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The repository's own source replaces the package, so that the example runs in a clone without a build. Your own app
    // does not need this, because it has `tenantry` from npm.
    alias: [
      { find: /^tenantry$/, replacement: source("index.ts") },
      { find: /^tenantry\/(query|mock|mock\/msw)$/, replacement: source("$1/index.ts") },
    ],
    // The imports of that source are found here, even if the repository's own dependencies are not installed.
    dedupe: [
      "@bufbuild/protobuf",
      "@bufbuild/protovalidate",
      "@connectrpc/connect",
      "@tanstack/query-core",
      "msw",
    ],
  },
  server: { fs: { allow: ["../.."] } },
  // The bundle contains the mock server, which a real app does not ship.
  build: { target: "es2022", chunkSizeWarningLimit: 2_000 },
});
