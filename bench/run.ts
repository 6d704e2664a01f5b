/**
 * Runs the benches: `npm run bench` all of them, `npm run bench -- NAME…` some, `--json` for machines. If all have run, it
 * writes `docs/performance.md`.
 *
 * Each bench is a file beside this one, with what it is in {@link Bench}. It runs in a process of its own, built as the
 * package is, so that no bench changes the speed of another.
 */
import { buildBenches, runBuilt } from "./support/built.js";
import { writePage } from "./support/page.js";
import { printTables } from "./support/print.js";

const args = process.argv.slice(2);
const json = args.includes("--json");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const names = [
  "small-read",
  "long-list",
  "layers",
  "via-connect",
  "concurrent",
  "paging",
  "one-million-items",
  "held-ids",
  "import-time",
  "bundle-size",
  "mock",
  "worlds",
  "explore",
];
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`no bench is called ${unknown.join(", ")}: there are ${names.join(", ")}`);

await buildBenches(names);
const results = [];
for (const name of wanted.length > 0 ? wanted : names) {
  const result = await runBuilt(name);
  results.push(result);
  if (!json) console.log(printTables(result));
}
if (json) console.log(JSON.stringify(results, null, 2));
if (wanted.length === 0) writePage(results);
