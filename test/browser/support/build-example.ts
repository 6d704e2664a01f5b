import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The folder of the example's build. No other build uses it, so none deletes it during the tests. */
export const built = resolve(".tmp/team-admin");

/** Builds the example as its users would, once for all tests. */
export function setup(): void {
  // With the test runner's NODE_ENV, the build would be a development build.
  const env = { ...process.env, NODE_ENV: "production" };
  const run = (...args: string[]) =>
    execFileSync("npm", args, { cwd: "examples/team-admin", env, stdio: ["ignore", "ignore", "inherit"] });
  if (!existsSync("examples/team-admin/node_modules")) run("ci", "--include=dev", "--no-audit", "--no-fund");
  run("run", "typecheck");
  run("run", "build", "--", "--outDir", built, "--emptyOutDir");
}
