import { defineConfig, mergeConfig } from "vitest/config";
import common from "./vitest.config.js";

/** The tests of the mock with clients of other projects, such as `buf curl`. They start a process for each call. Not part of `npm test`. */
export default mergeConfig(
  { ...common, test: { ...common.test, include: [], exclude: [] } },
  defineConfig({ test: { include: ["test/peers/**/*.test.ts"] } }),
);
