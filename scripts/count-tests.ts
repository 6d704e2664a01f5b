/** Runs vitest once, with the arguments given, and ends with the line "N passed, N failed". */
import { parseCLI, startVitest } from "vitest/node";

const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)]);
const vitest = await startVitest("test", filter, { ...options, watch: false });
const modules = vitest.state.getTestModules();
const states = modules.flatMap((module) =>
  [...module.children.allTests()].map((test) => test.result().state),
);
// Failures outside of a test, such as a file that can't be loaded, a hook that fails, or an unhandled error.
const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
const broken = suites.filter((suite) => suite.errors().length > 0).length;
const unhandled = vitest.state.getUnhandledErrors().length;
await vitest.close();

const passed = states.filter((state) => state === "passed").length;
const failed = states.filter((state) => state === "failed").length + broken + unhandled;
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exitCode = 1;
