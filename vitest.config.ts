import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // protobuf's byte arrays are of another realm under jsdom.
    environment: "node",
    include: [
      "src/**/*.test.ts",
      "test/**/*.test.ts",
      "examples/cookbook/*.test.ts",
      "examples/downstream-tests/*.test.ts",
      "examples/explore/*.test.ts",
      "examples/recipes/msw/*.test.ts",
    ],
    // They have a configuration of their own, `vitest.peers.config.ts`.
    exclude: ["test/peers/**", "**/node_modules/**"],
    // Files share the modules that they import: loading them anew for each file took half of the time. A file must leave
    // nothing behind, so it mocks no modules; what it puts in the place of others is undone here.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // By default one core is left to something else.
    maxWorkers: "100%",
    // Nothing waits for real; what takes this long hangs.
    testTimeout: 20_000,
  },
});
