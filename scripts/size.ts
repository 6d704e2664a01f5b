/**
 * What each import costs a browser app, from what is built in `dist/`. Fails when an import is over its limit, or brings
 * validation rules into a client's bundle, and when the README shows another size.
 */
import { readFileSync } from "node:fs";
import { bundle, imports, measure } from "./bundles.js";
import { optionsIn } from "./descriptors.js";

/** The figures of these stand in the README, in kB. */
const shown = [
  "a bare Connect client for Vydon",
  "VydonClient of tenantry",
  "VydonClient of tenantry/vydon",
  "OnaClient of tenantry/ona",
  "FamClient of tenantry/fam",
  "all three clients of tenantry",
];
const readme = [...readFileSync("README.md", "utf8").matchAll(/(\d+\.\d) kB/g)].map(([, figure]) =>
  Number(figure),
);

const problems: string[] = [];
for (const each of imports) {
  const bytes = await measure(each);
  const limit = each.limit === undefined ? "" : `of ${each.limit.toLocaleString("en")}`;
  console.log(`${each.label.padEnd(34)}${bytes.toLocaleString("en").padStart(10)} B  ${limit}`);
  if (bytes > (each.limit ?? Number.POSITIVE_INFINITY))
    problems.push(`${each.label}: ${bytes} B is too much`);
  // A tenth either way: another version of zlib may save a byte.
  if (shown.includes(each.label) && !readme.some((figure) => Math.abs(figure - bytes / 1000) <= 0.1))
    problems.push(`${each.label}: the README does not say ${(bytes / 1000).toFixed(1)} kB`);
  const options = await optionsIn((plugin) => bundle(each, [plugin]));
  if (!each.rules && options.length > 0)
    problems.push(`${each.label}: brings the rules of ${options.length} fields, ${options[0]} among them`);
  if (each.rules && options.length === 0)
    problems.push(`${each.label}: no rules were found, so this check is blind`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
