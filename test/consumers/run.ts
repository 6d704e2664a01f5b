/**
 * Tests the package as its users install it: packed, and installed into separate projects outside this folder.
 * With arguments, only the projects of these names: `npm run test:consumers -- bundles types`.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Project, projects } from "./matrix.js";

const execute = promisify(execFile);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !projects.some(({ folder }) => folder === name));
if (unknown.length > 0) throw new Error(`there is no consumer ${unknown.join(", ")}`);
const queue = projects.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));
const root = mkdtempSync(join(tmpdir(), "tenantry-consumers-"));
const counts = { passed: 0, failed: 0 };

try {
  const tarball = await pack();
  // Two at a time, because one can install while the other runs.
  await Promise.all([work(tarball), work(tarball)]);
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;

async function pack(): Promise<string> {
  const { stdout } = await execute("npm", ["pack", "--json", "--pack-destination", root]);
  const [{ filename }] = JSON.parse(stdout);
  return join(root, filename);
}

async function work(tarball: string): Promise<void> {
  for (let project = queue.shift(); project; project = queue.shift()) {
    const { runs, name = project.folder } = project;
    const folder = join(root, name);
    const installed = await step(`${name}: npm install`, () => install(project, folder, tarball));
    for (const [title, command] of Object.entries(runs)) {
      const passed = installed && (await step(title, () => run(folder, command)));
      counts[passed ? "passed" : "failed"] += 1;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

async function install(project: Project, folder: string, tarball: string): Promise<void> {
  cpSync(join(import.meta.dirname, project.folder), folder, { recursive: true });
  const manifest = {
    private: true,
    type: "module",
    dependencies: { ...project.dependencies, tenantry: `file:${tarball}` },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  // No package here needs its install scripts.
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await execute("npm", ["install", ...flags], { cwd: folder });
}

async function run(folder: string, [name = "", ...args]: readonly string[]): Promise<void> {
  const file =
    name === "node"
      ? process.execPath
      : join(folder, /^node-\d+$/.test(name) ? `node_modules/${name}/bin/node` : name);
  await execute(file, args, { cwd: folder, timeout: 120_000 });
}

/** Runs an action and prints the result. Returns whether it succeeded. */
async function step(name: string, action: () => Promise<void>): Promise<boolean> {
  const startedAt = performance.now();
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    await action();
    console.log(`✓ ${name} (${seconds()})`);
    return true;
  } catch (error) {
    console.log(`✗ ${name} (${seconds()})`);
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && "stdout" in error) console.error(error.stdout);
    return false;
  }
}
