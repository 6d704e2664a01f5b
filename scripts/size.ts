/**
 * Shows the size of each import in a browser app, from the build in `dist/`. It fails if an import is over its limit, if a client
 * loads protobuf or Connect, or if the README shows another size.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { bundle, gzipped, type Import, imports, resolveEntries } from "./bundles.js";
import { entries } from "./entries.js";

/** The imports whose sizes the README shows, in kB. */
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

/** The runtimes of protobuf and Connect, and the messages that need them. In `dist/`, messages are in shared chunks. */
const heavy = /(^|\/)(node_modules\/(@bufbuild|@connectrpc)\/|gen\/.*_pb\.[jt]s$)/;

const sources = new Map(entries.map(({ specifier, source }) => [specifier, resolve(source)]));
const toSources = resolveEntries((specifier) => sources.get(specifier));

const problems: string[] = [];
for (const each of imports) {
  const built = await bundle(each);
  const bytes = gzipped(built);
  const { label, limit } = each;
  const bound = limit === undefined ? "" : `of ${limit.toLocaleString("en")}`;
  console.log(`${label.padEnd(34)}${bytes.toLocaleString("en").padStart(10)} B  ${bound}`);

  if (limit !== undefined && bytes > limit) {
    const fix = "make it smaller, or raise the limit in scripts/bundles.ts and the size in README.md";
    problems.push(`${label}: ${bytes} B is too much: ${fix}`);
  }
  // The tolerance is 0.1 kB, because another version of zlib may save a byte.
  if (shown.includes(label) && !readme.some((figure) => Math.abs(figure - bytes / 1000) <= 0.1)) {
    problems.push(`${label}: the README does not show ${(bytes / 1000).toFixed(1)} kB`);
  }
  problems.push(...loads(each, "dist", built.inputs));
  problems.push(...loads(each, "src", (await bundle(each, [toSources])).inputs));
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/**
 * Returns a problem for each file of protobuf or Connect that a lean import loads. All other imports must load such a file. If none is
 * found, returns a problem, because the pattern `heavy` is out of date.
 */
function loads({ label, lean }: Import, folder: string, inputs: readonly string[]): string[] {
  // Our own generated files come first.
  const found = inputs.filter((input) => heavy.test(input)).sort();
  if (lean) return found.slice(0, 3).map((input) => `${label}: in ${folder}, it loads ${input}`);
  // The handlers for MSW get their server from the caller.
  if (found.length > 0 || label === "tenantry/mock/msw") return [];
  return [`${label}: in ${folder}, no protobuf was found: update the pattern \`heavy\` in scripts/size.ts`];
}
