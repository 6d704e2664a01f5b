import { defineConfig, mergeConfig } from "vitest/config";
import common from "./vitest.config.js";

/** The mock against clients that we did not write, such as `buf curl`. They start a process for each call: not part of `npm test`. */
export default mergeConfig(
  { ...common, test: { ...common.test, include: [], exclude: [] } },
  defineConfig({ test: { include: ["test/peers/**/*.test.ts"] } }),
);
