/** Finds phrases that are hard to read, and shows what to write instead: `npm run check:words`. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { phrases } from "./phrases.js";

/** Files that are generated, written by others, or quote real servers. */
const excluded = [
  /^gen\//,
  /^proto\/(buf|google|grpc)\//,
  /^test\/recordings\//,
  /^scripts\/phrases\.ts$/,
  /^CHANGELOG\.md$/,
  /^docs\/(fidelity|methods)\.md$/,
];

const files = execFileSync("git", ["ls-files"], { encoding: "utf8" })
  .trim()
  .split("\n")
  .filter((file) => /\.(md|tsx?|m?js|cjs|cts|proto|html|css)$/.test(file))
  .filter((file) => !excluded.some((pattern) => pattern.test(file)));

let found = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    for (const { pattern, instead } of phrases) {
      const [phrase] = pattern.exec(line) ?? [];
      if (phrase === undefined) continue;
      found++;
      console.log(`${file}:${index + 1}: "${phrase.trim()}": ${instead}\n    ${line.trim()}`);
    }
  }
}
console.log(`${found} phrases to rewrite in ${files.length} files`);
if (found > 0) process.exitCode = 1;
