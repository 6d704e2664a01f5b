/**
 * Shows the size of each import in a browser app, from the build in `dist/`. It fails if an import is over its limit, if a client
 * loads protobuf or Connect, or if the README shows another size.
 */
import { readFileSync } from "node:fs";
import { bundle, gzipped, type Import, imports } from "./bundles.js";

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

/** Protobuf and Connect. All messages import protobuf. */
const runtimes = /(^|\/)node_modules\/(@bufbuild|@connectrpc)\//;

const problems: string[] = [];
for (const each of imports) {
  const built = await bundle(each);
  const bytes = gzipped(built);
  const { label, limit = Number.POSITIVE_INFINITY } = each;
  const bound = each.limit === undefined ? "" : `of ${limit.toLocaleString("en")}`;
  console.log(`${label.padEnd(34)}${bytes.toLocaleString("en").padStart(10)} B  ${bound}`);

  if (bytes > limit) problems.push(`${label}: ${bytes} B is too much`);
  // The tolerance is 0.1 kB, because another version of zlib may save a byte.
  if (shown.includes(label) && !readme.some((figure) => Math.abs(figure - bytes / 1000) <= 0.1)) {
    problems.push(`${label}: the README does not show ${(bytes / 1000).toFixed(1)} kB`);
  }
  problems.push(...loads(each, built.inputs));
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** Returns the files of protobuf or Connect that a lean import loads. All other imports must load some. */
function loads({ label, lean }: Import, inputs: readonly string[]): string[] {
  const found = inputs.filter((input) => runtimes.test(input));
  if (lean) return found.slice(0, 3).map((input) => `${label}: it loads ${input}`);
  // The handlers for MSW get their server from the caller.
  if (found.length > 0 || label === "tenantry/mock/msw") return [];
  return [`${label}: no protobuf was found: update the pattern \`runtimes\` in scripts/size.ts`];
}
