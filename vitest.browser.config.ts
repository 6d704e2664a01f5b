import { defineConfig } from "vitest/config";

/** The tests in a real browser: Debian's Chromium, or the program in `CHROMIUM`. Not part of `npm test`. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: "test/browser/support/build-example.ts",
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Two browsers at a time are enough for a small machine.
    maxWorkers: 2,
  },
});
