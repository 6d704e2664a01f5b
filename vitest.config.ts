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
      "examples/recipes/msw/*.test.ts",
    ],
    // Nothing waits for real; what takes this long hangs.
    testTimeout: 20_000,
  },
});
