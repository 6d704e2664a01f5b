import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { ratio } from "../harness.js";
import type { Table } from "./bench.js";
import type { Result } from "./built.js";
import { bars } from "./plot.js";
import { figure, goalsOf } from "./print.js";

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
  const goals = results.flatMap((result) =>
    result.tables.flatMap((table) => goalsOf(table).map((goal) => ({ ...goal, at: placeOf(result, table) }))),
  );
  const missed = goals.filter(({ holds }) => !holds);
  return `# Performance

Every figure here is printed by \`npm run bench\`, which writes this page too; \`npm run bench -- NAME\` runs one bench, and \`--json\`
gives it to a program. All contenders of a table run in one process, in turn, a block of calls each, in an order that changes. What counts is
CPU time, with the collection of the garbage that a block leaves: other programs do not add to it, as they do to the clock on the wall.
The spread is the middle half of the blocks, the ratio the median of each round's own.

${machine()}

![CPU time of a small read](performance/calls.svg)

![CPU time of a list of 1,000](performance/lists.svg)

## What was asked, and isn't reached

${missed.length > 0 ? missed.map(({ at, text, goal }) => `- **${at}**: ${text}. ${goal.obstacle ?? ""}`.trim()).join("\n") : "All of it is."}

## What was asked, and holds

${goals
  .filter(({ holds }) => holds)
  .map(({ at, text }) => `- ${at}: ${text}`)
  .join("\n")}
${results.map(section).join("\n")}
## Toughness

\`npm run soak\` lets four clients call a listener through an hour of its own time, while one call in five fails, is lost, cut or left, and
tokens lapse every five minutes. It fails when the heap grows by more than 4 MB after the first ten minutes, or a socket or a timer is left.
\`test/toughness\` feeds the clients and the mock with mutated bytes and JSON, endless and compressed answers, and nesting of 10,000
levels: all of it ends in a result or a typed error, in bounded memory.
`;
}

function section({ name, title, about, tables }: Result): string {
  return `
## ${title}

${about} (\`npm run bench -- ${name}\`)
${tables.map(rows).join("")}`;
}

function rows({ title, unit, costs }: Table): string {
  const [first] = costs;
  const lines = costs.map((cost) => {
    const spread = cost.samples.length > 1 ? `${figure(cost.lower)} to ${figure(cost.upper)}` : "";
    return `| ${cost.name} | ${figure(cost.median)} | ${spread} | ${first ? figure(ratio(cost, first)) : ""} |`;
  });
  return `\n| ${title} | ${unit} | spread | ratio |\n|---|--:|--:|--:|\n${lines.join("\n")}\n`;
}

function placeOf({ title }: Result, table: Table): string {
  return `${title}, ${table.title}`;
}

function machine(): string {
  const [cpu] = cpus();
  const versions = ["@connectrpc/connect", "@bufbuild/protobuf", "@gitpod/sdk"].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}, on ${cpus().length} × ${cpu?.model.trim() || "an unnamed processor"}, with Node ${process.versions.node}, ${versions.join(", ")}.`;
}

function versionOf(name: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return manifest.version;
}
