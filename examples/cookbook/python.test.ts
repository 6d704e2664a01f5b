import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expect, it } from "vitest";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

// Only if Python is installed: nothing else here needs it.
it.runIf(hasPython)("passes the Python team's own tests", async () => {
  await using listener = await listen(createMockServer(), { admin: true });
  const { stderr } = await promisify(execFile)("python3", ["-B", "-m", "unittest", "test_members"], {
    cwd: import.meta.dirname,
    env: { ...process.env, TENANTRY_MOCK_URL: listener.url },
  });
  expect(stderr).toMatch(/Ran 3 tests[\s\S]*OK/);
});
