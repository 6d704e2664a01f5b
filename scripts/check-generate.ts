/**
 * Generates the code again into a temporary folder and compares it with `gen/`. Fails with the names of the files that
 * differ, are missing or should not be there, so that `gen/` always matches its sources.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "./generate.js";

const scratch = mkdtempSync(join(tmpdir(), "tenantry-gen-"));
try {
  await generate(scratch);
  const problems = compare(join(scratch, "gen"), "gen");
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(
      "gen/ does not match proto/ and the inspector: run `npm run generate` and commit what changes.",
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function compare(expectedDir: string, actualDir: string): string[] {
  const expected = filesIn(expectedDir);
  const actual = filesIn(actualDir);
  return [...new Set([...expected, ...actual])].sort().flatMap((file) => {
    if (!actual.has(file)) return [`missing: ${join(actualDir, file)}`];
    if (!expected.has(file)) return [`not generated: ${join(actualDir, file)}`];
    const same = readFileSync(join(expectedDir, file)).equals(readFileSync(join(actualDir, file)));
    return same ? [] : [`differs: ${join(actualDir, file)}`];
  });
}

function filesIn(dir: string): Set<string> {
  if (!existsSync(dir)) return new Set();
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1)),
  );
}
