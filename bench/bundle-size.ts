import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { bareClient, imports, measure } from "../scripts/bundles.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { peer } from "./support/clients.js";

const bare = imports.find(({ code }) => code === bareClient)?.label ?? "";

/** The size of each entry in bytes. */
export const bench: Bench = {
  name: "bundle-size",
  title: "Size of each import",
  about:
    "Bundled by esbuild for a browser, minified, compressed as `gzip -9` does, without optional peers. `npm run size` prints the " +
    "same. The bare Connect client is made for Vydon's service, with the " +
    "validation rules that are in its schema. The vendor's SDK is always imported as a whole.",
  ahead: ["VydonClient of tenantry/vydon", "OnaClient of tenantry/ona", "FamClient of tenantry/fam"].map(
    (of) => ({
      name: peer,
      of,
      why: "It has no checks of responses, no refresh of tokens and no retry budget.",
    }),
  ),
  async run() {
    // Measured is what users install.
    await promisify(execFile)("npm", ["run", "build"]);
    const costs = [];
    for (const each of imports) costs.push(toCost(each.label, [await measure(each)]));
    const code = 'export { Gitpod } from "@gitpod/sdk";';
    costs.push(toCost(peer, [await measure({ label: peer, code })]));
    const goals = imports.flatMap(({ label, limit }) => (limit ? [{ of: label, atMost: limit }] : []));
    return [{ title: "gzipped", unit: "B", costs: costs.toSorted((a) => (a.name === bare ? -1 : 0)), goals }];
  },
};
