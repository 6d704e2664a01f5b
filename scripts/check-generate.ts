/**
 * Generates the code again into a temporary folder, and compares it with `gen/`. Fails with the names of the files that
 * differ, are missing or should not be there.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./generate.js";

const scratch = mkdtempSync(join(tmpdir(), "tenantry-gen-"));
try {
  await generate(scratch);
  const compare = ["diff", "--no-index", "--name-status", "gen", join(scratch, "gen")];
  const { status } = spawnSync("git", compare, { stdio: "inherit" });
  if (status !== 0) {
    console.error(
      "gen/ does not match proto/ and the inspector: run `npm run generate` and commit what changes.",
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
