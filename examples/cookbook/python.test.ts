import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expect, it } from "vitest";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Runs a Python team's own tests. Returns what they print. */
async function runTests(module: string, url: string): Promise<string> {
  const { stderr } = await promisify(execFile)("python3", ["-B", "-m", "unittest", module], {
    cwd: import.meta.dirname,
    env: { ...process.env, TENANTRY_MOCK_URL: url },
  });
  return stderr;
}

// Only if Python is installed: nothing else here needs it.
it.runIf(hasPython)("passes the Python team's own tests, again and again on one server", async () => {
  await using listener = await listen(createMockServer(), { admin: true });
  for (const module of ["test_members", "test_members", "test_worlds"])
    expect(await runTests(module, listener.url)).toMatch(/Ran 3 tests[\s\S]*OK/);
});

it.runIf(hasPython)("passes them three times at once, if each test has a world", async () => {
  const server = createMockServer();
  await using listener = await listen(server, { admin: true });
  const runs = await Promise.all(Array.from({ length: 3 }, () => runTests("test_worlds", listener.url)));
  for (const run of runs) expect(run).toMatch(/Ran 3 tests[\s\S]*OK/);
  expect(server.worlds.list()).toEqual([]);
});
