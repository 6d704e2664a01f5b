/**
 * What each import costs a browser app, from what is built in `dist/`. Fails when an import is over its limit, or brings
 * validation rules into a client's bundle.
 */
import { bundle, imports, measure } from "./bundles.js";
import { optionsIn } from "./descriptors.js";

const problems: string[] = [];
for (const each of imports) {
  const bytes = await measure(each);
  const limit = each.limit === undefined ? "" : `of ${each.limit.toLocaleString("en")}`;
  console.log(`${each.label.padEnd(34)}${bytes.toLocaleString("en").padStart(10)} B  ${limit}`);
  if (bytes > (each.limit ?? Number.POSITIVE_INFINITY))
    problems.push(`${each.label}: ${bytes} B is too much`);
  const options = await optionsIn((plugin) => bundle(each, [plugin]));
  if (!each.rules && options.length > 0)
    problems.push(`${each.label}: brings the rules of ${options.length} fields, ${options[0]} among them`);
  if (each.rules && options.length === 0)
    problems.push(`${each.label}: no rules were found, so this check is blind`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
