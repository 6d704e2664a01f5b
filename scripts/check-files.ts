/**
 * Compares what `npm pack` would publish with the list in `etc/package-files.txt`; `--update` writes the list. Chunks, whose
 * names change with their content, stand in it without their hashes.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const list = "etc/package-files.txt";
const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json"], { encoding: "utf8" }),
);
const names = files.map(({ path }) => path.replace(/^dist\/[\w-]+-[\w-]{8}(\..*)$/, "dist/(shared)$1"));
const actual = [...new Set(names)].sort();

if (process.argv.includes("--update")) {
  writeFileSync(list, `${actual.join("\n")}\n`);
} else {
  const expected = readFileSync(list, "utf8").trim().split("\n");
  const problems = [
    ...expected.filter((name) => !actual.includes(name)).map((name) => `missing: ${name}`),
    ...actual.filter((name) => !expected.includes(name)).map((name) => `not listed: ${name}`),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) {
    console.error(
      `What would be published is not what ${list} lists: npx tsx scripts/check-files.ts --update`,
    );
    process.exitCode = 1;
  }
}
