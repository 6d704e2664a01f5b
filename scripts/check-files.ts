/**
 * Compares the files that `npm pack` would publish with the list in `etc/package-files.txt`. `--update` writes the list. The
 * names of chunks are listed without their hashes, because the hashes change with the content. Links between the packed pages
 * must lead to packed files.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const list = "etc/package-files.txt";
const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json"], { encoding: "utf8" }),
);
const paths = files.map(({ path }) => path);
const names = paths.map((path) => path.replace(/^dist\/[\w-]+-[\w-]{8}(\..*)$/, "dist/(shared)$1"));
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
      `The files to publish differ from ${list}. If that is right, run npx tsx scripts/check-files.ts --update`,
    );
    process.exitCode = 1;
  }
}

for (const page of paths.filter((path) => path.endsWith(".md"))) {
  for (const [, link = ""] of readFileSync(page, "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
    if (/^[a-z]+:/.test(link) || paths.includes(join(dirname(page), link))) continue;
    console.error(`${page}: the link to ${link} leads to a file that is not in the package`);
    process.exitCode = 1;
  }
}
