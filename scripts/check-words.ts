/**
 * Finds phrases that are hard to read, and shows what to write instead: `npm run check:words`, or with paths for some files.
 *
 * It reads comments, strings and Markdown. Generated files, recordings and quoted texts of real servers are left out.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { phrases } from "./words/phrases.js";
import { proseOf } from "./words/prose.js";

/** Files that are written by others or quote them. */
const excluded = [
  /^gen\//,
  /^proto\/(buf|google|grpc)\//,
  /^test\/recordings\//,
  /^scripts\/words\//,
  /^CHANGELOG\.md$/,
  /^docs\/fidelity\.md$/,
  /^docs\/methods\.md$/,
  /package-lock\.json$/,
];

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
const wanted = process.argv.slice(2);
const files = tracked.filter(
  (file) =>
    /\.(md|tsx?|m?js|cjs|cts|proto|html|css)$/.test(file) &&
    !excluded.some((pattern) => pattern.test(file)) &&
    (wanted.length === 0 || wanted.some((path) => file.startsWith(path))),
);

let found = 0;
for (const file of files) {
  for (const { line, text } of proseOf(file, readFileSync(file, "utf8"))) {
    for (const { pattern, instead } of phrases) {
      const hit = pattern.exec(text);
      if (!hit) continue;
      found++;
      console.log(`${file}:${line}: "${hit[0].trim()}": ${instead}\n    ${text.trim()}`);
    }
  }
}
console.log(`${found} phrases to rewrite in ${files.length} files`);
if (found > 0) process.exitCode = 1;
