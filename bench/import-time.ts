import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { bareClient } from "../scripts/bundles.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { asPackage } from "./support/build-options.js";
import { peer } from "./support/clients.js";
import { buildEntries } from "./support/entries.js";

const rounds = 21;
const bare = "the parts of a bare Connect client";

/** The cost of importing each entry. */
export const bench: Bench = {
  name: "import-time",
  title: "Import",
  about:
    "What `import` of each entry costs a new process: the entry and the packages that it loads, without the start of Node itself. " +
    "The parts of a bare Connect client are Connect, connect-web and the generated code of Vydon's service. The entries " +
    "are imported in turn, each in 21 processes.",
  async run() {
    const entries = await buildEntries();
    const files = [
      { name: bare, file: await buildBare() },
      ...entries.map(({ specifier, file }) => ({ name: specifier, file })),
      { name: peer, file: resolve("node_modules/@gitpod/sdk/index.mjs") },
    ];
    const samples = files.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, { file }] of files.entries()) samples[index]?.push(await importMs(file));
    }
    const costs = files.map(({ name }, index) => toCost(name, samples[index] ?? []));
    return [
      {
        title: "new process",
        unit: "ms CPU",
        costs,
        goals: [{ of: "tenantry/vydon", over: peer, atMost: 0.35 }],
      },
    ];
  },
};

async function importMs(file: string): Promise<number> {
  const code = `
    const before = process.cpuUsage();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);
    process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
  return Number(stdout);
}

async function buildBare(): Promise<string> {
  const outfile = resolve("node_modules/.cache/bench/bare.mjs");
  await build({
    stdin: { contents: bareClient, resolveDir: ".", loader: "ts" },
    outfile,
    ...asPackage,
  });
  return outfile;
}
