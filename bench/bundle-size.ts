import { bareClient, imports, measure } from "../scripts/bundles.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { buildEntries, toBuilt } from "./support/entries.js";

const bare = imports.find(({ code }) => code === bareClient)?.label ?? "";
const peer = "@gitpod/sdk 0.6.0";

/** Bytes of each entry. */
export const bench: Bench = {
  name: "bundle-size",
  title: "Size of each import",
  about:
    "Bundled by esbuild, minified, compressed as `gzip -9` does; optional peers are left out. The same as `npm run size`. " +
    "Beside it the bare Connect client for the same service, and the vendor's SDK, of which no part can be left out.",
  async run() {
    const plugins = [toBuilt(await buildEntries())];
    const costs = [];
    for (const each of imports) costs.push(toCost(each.label, [await measure(each, plugins)]));
    const code = 'export { Gitpod } from "@gitpod/sdk";';
    costs.push(toCost(peer, [await measure({ label: peer, code }, plugins)]));
    const goals = imports.flatMap(({ label, limit }) => (limit ? [{ of: label, atMost: limit }] : []));
    return [{ title: "gzipped", unit: "B", costs: costs.toSorted((a) => (a.name === bare ? -1 : 0)), goals }];
  },
};
