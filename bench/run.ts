/**
 * Runs the benches: `npm run bench` runs all of them, and `npm run bench -- NAME…` some. `--json` prints JSON. A run of all
 * benches writes `docs/performance.md`.
 *
 * Each bench is a file in this folder that exports a {@link Bench}. It is built as the package is, and runs in its own process, so
 * that no bench changes the speed of another.
 */
import { parseArgs } from "node:util";
import { buildBenches, runBuilt } from "./support/built.js";
import { writePage } from "./support/page.js";
import { printTables } from "./support/print.js";

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false } },
});
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
  throw new Error(`there is no bench ${unknown.join(", ")}: give some of ${names.join(", ")}`);

await buildBenches(names);
const results = [];
for (const name of wanted.length > 0 ? wanted : names) {
  const result = await runBuilt(name);
  results.push(result);
  if (!values.json) console.log(printTables(result));
}
if (values.json) console.log(JSON.stringify(results, null, 2));
if (wanted.length === 0) writePage(results);
