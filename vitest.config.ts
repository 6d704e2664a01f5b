import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Under jsdom, protobuf's byte arrays are of another realm.
    environment: "node",
    include: [
      "src/**/*.test.ts",
      "test/**/*.test.ts",
      "examples/cookbook/*.test.ts",
      "examples/downstream-tests/*.test.ts",
      "examples/explore/*.test.ts",
      "examples/recipes/msw/*.test.ts",
    ],
    // The configuration of the peers is `vitest.peers.config.ts`.
    exclude: ["test/peers/**", "**/node_modules/**"],
    // Files share the modules that they import, because loading them again for each file took half of the time. A file must leave
    // nothing behind, so it mocks no modules. The setup file restores what a test replaces.
    isolate: false,
    setupFiles: ["test/support/restore-globals.ts"],
    // By default, vitest leaves one core unused.
    maxWorkers: "100%",
    // No test waits in real time, but a busy machine can be ten times slower. A test that takes this long hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
