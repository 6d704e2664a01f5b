import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { ratio } from "../harness.js";
import type { Table } from "./bench.js";
import type { Result } from "./built.js";
import { bars } from "./plot.js";
import { figure } from "./print.js";

const folder = "docs/performance";

/** Writes `docs/performance.md` and its pictures. */
export function writePage(results: readonly Result[]): void {
  mkdirSync(folder, { recursive: true });
  const calls = tablesOf(results, "small-read");
  const lists = tablesOf(results, "long-list");
  writeFileSync(`${folder}/calls.svg`, bars("CPU time of a small read, µs", calls));
  writeFileSync(`${folder}/lists.svg`, bars("CPU time of a list of 1,000, µs", lists));
  writeFileSync(`${folder}.md`, page(results));
}

function tablesOf(results: readonly Result[], bench: string): readonly Table[] {
  const result = results.find(({ name }) => name === bench);
  if (!result) throw new Error(`there is no bench ${bench}, which the page has a picture of`);
  return result.tables;
}

function page(results: readonly Result[]): string {
  return `# Performance

This page shows what calls, lists, imports and the mock cost, compared with plain fetch, a Connect client and the vendor's SDK.

\`npm run bench\` measures all of it, prints it and writes this page. \`npm run bench -- NAME\` runs the benches with these names only, and \`--json\` prints JSON.

All rows of a table run in one process, in many small blocks of calls. In each round, every row has one block, and the order of the rows changes. Some sections describe another way.

- The figures are CPU time, including garbage collection. Other programs on the machine do not change CPU time much.
- Each figure is the median of the blocks. "Middle half" is the range of the middle half of the blocks.
- "Ratio" is the median of the ratios to the first row in each round. It can differ from the ratio of the medians.

${machine()} Your figures will differ; the ratios differ less.

![CPU time of a small read](performance/calls.svg)

![CPU time of a list of 1,000](performance/lists.svg)

## Where others are ahead

A row is a program that needs less than tenantry. The ratio is its CPU time, or its size, divided by tenantry's.

| what | program | ratio | why |
|---|---|---|---|
${results.flatMap(aheadOfUs).join("\n")}
${results.map(section).join("\n")}
## Under stress

\`npm run soak\` lets four clients call a server for an hour of the mock's time. Calls fail, responses are lost or cut, callers cancel, and tokens expire every five minutes. It fails if the heap grows by more than 4 MB after the first ten minutes, or if a socket or a timer is left. The tests in \`test/fuzz\` feed the clients and the mock with mutated bytes and JSON, endless and compressed responses, and 10,000 levels of nesting. Each of them must end in a result or a typed error, in bounded memory.
`;
}

/** A contender is faster than ours below this ratio. A smaller difference is noise. */
const clearlyLess = 0.97;

/** A row for each contender that needs less CPU time than ours, or is smaller, with all tables in which it is. */
function aheadOfUs({ title, ahead = [], tables }: Result): string[] {
  const hasSeveralOfOurs = new Set(ahead.map(({ of }) => of)).size > 1;
  return ahead.flatMap(({ name, of: ours, why }) => {
    const ratios = tables.flatMap((table) => {
      const theirCost = table.costs.find((cost) => cost.name === name);
      const ourCost = table.costs.find((cost) => cost.name === ours);
      // Not every table has both.
      const share = theirCost && ourCost ? ratio(theirCost, ourCost) : 1;
      return share < clearlyLess ? [`${figure(share)} (${table.title})`] : [];
    });
    if (ratios.length === 0) return [];
    const what = hasSeveralOfOurs ? `${title}: ${ours}` : title;
    return [`| ${what} | ${name} | ${ratios.join(", ")} | ${why} |`];
  });
}

function section({ name, title, about, tables }: Result): string {
  return `
## ${title}

${about}

\`\`\`sh
npm run bench -- ${name}
\`\`\`
${tables.map(asMarkdown).join("")}`;
}

function asMarkdown({ title, unit, costs }: Table): string {
  const [first] = costs;
  const hasRange = costs.some(({ samples }) => samples.length > 1);
  const lines = costs.map((cost) => {
    const range = hasRange ? ` ${figure(cost.lower)} to ${figure(cost.upper)} |` : "";
    return `| ${cost.name} | ${figure(cost.median)} |${range} ${first ? figure(ratio(cost, first)) : ""} |`;
  });
  const head = `| ${title} | ${unit} |${hasRange ? " middle half |" : ""} ratio |`;
  return `\n${head}\n|---|--:|${hasRange ? "--:|" : ""}--:|\n${lines.join("\n")}\n`;
}

function machine(): string {
  const [cpu] = cpus();
  const versions = ["@connectrpc/connect", "@bufbuild/protobuf", "@gitpod/sdk"].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}, on ${cpus().length} × ${cpu?.model.trim() || "unnamed processors"}, with Node ${process.versions.node}, ${versions.join(", ")}.`;
}

function versionOf(name: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return manifest.version;
}
