import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Where the example is built to: a place of its own, that no other build empties under the tests. */
export const built = resolve(".tmp/team-admin");

/** Builds the example as its users would, once for all tests. */
export function setup(): void {
  // The test runner's own NODE_ENV would make a build for development.
  const env = { ...process.env, NODE_ENV: "production" };
  const run = (...args: string[]) =>
    execFileSync("npm", args, { cwd: "examples/team-admin", env, stdio: ["ignore", "ignore", "inherit"] });
  if (!existsSync("examples/team-admin/node_modules")) run("ci", "--include=dev", "--no-audit", "--no-fund");
  run("run", "typecheck");
  run("run", "build", "--", "--outDir", built, "--emptyOutDir");
}
