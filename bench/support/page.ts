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
  const calls = results.find(({ name }) => name === "small-read")?.tables ?? [];
  const lists = results.find(({ name }) => name === "long-list")?.tables ?? [];
  writeFileSync(`${folder}/calls.svg`, bars("CPU time of a small read, µs", calls));
  writeFileSync(`${folder}/lists.svg`, bars("CPU time of a list of 1,000, µs", lists));
  writeFileSync("docs/performance.md", page(results));
}

function page(results: readonly Result[]): string {
  return `# Performance

\`npm run bench\` measures everything on this page, prints it and writes this page. \`npm run bench -- NAME\` runs the benches with these
names only, and \`--json\` prints JSON.

The contenders of a table run in one process, in turn, in many small blocks of calls whose order changes. The figures are CPU time, with
the collection of each block's garbage, because other programs on the machine add to the time that passes, but not to CPU time. Each
figure is the median of the blocks. "Middle half" is the range of the middle half of the blocks. "Ratio" is to the first row.

${machine()} Your figures will differ; the ratios differ less.

![CPU time of a small read](performance/calls.svg)

![CPU time of a list of 1,000](performance/lists.svg)

## Where others are ahead

${results.flatMap(aheadOfUs).join("\n")}
${results.map(section).join("\n")}
## Under stress

\`npm run soak\` lets four clients call a server for an hour of the mock's time. Calls fail, responses are lost or cut, callers leave, and
tokens expire every five minutes. It fails if the heap grows by more than 4 MB after the first ten minutes, or if a socket or a timer
is left. The tests in \`test/fuzz\` feed the clients and the mock with mutated bytes and JSON, endless and compressed responses, and
10,000 levels of nesting. Each of them must end in a result or a typed error, in bounded memory.
`;
}

/** Differences below this are noise. */
const level = 0.97;

function aheadOfUs({ title, ahead = [], tables }: Result): string[] {
  return ahead.flatMap(({ name, of, why }) => {
    const places = tables.flatMap(({ title: place, costs }) => {
      const theirs = costs.find((cost) => cost.name === name);
      const ours = costs.find((cost) => cost.name === of);
      const share = theirs && ours ? ratio(theirs, ours) : 1;
      return share < level ? [{ share: figure(share), place }] : [];
    });
    const [first, ...others] = places;
    if (!first) return [];
    const more = others.map(({ share, place }) => `, ${share} (${place})`).join("");
    return [`- **${title}**: ${name} costs ${first.share} of ${of} (${first.place})${more}. ${why}`];
  });
}

function section({ name, title, about, tables }: Result): string {
  return `
## ${title}

${about}

\`\`\`sh
npm run bench -- ${name}
\`\`\`
${tables.map(rows).join("")}`;
}

function rows({ title, unit, costs }: Table): string {
  const [first] = costs;
  const spread = costs.some(({ samples }) => samples.length > 1);
  const lines = costs.map((cost) => {
    const range = spread ? ` ${figure(cost.lower)} to ${figure(cost.upper)} |` : "";
    return `| ${cost.name} | ${figure(cost.median)} |${range} ${first ? figure(ratio(cost, first)) : ""} |`;
  });
  const head = `| ${title} | ${unit} |${spread ? " middle half |" : ""} ratio |`;
  return `\n${head}\n|---|--:|${spread ? "--:|" : ""}--:|\n${lines.join("\n")}\n`;
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
