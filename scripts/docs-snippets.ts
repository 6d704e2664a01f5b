/**
 * Checks every piece of code that the documentation shows. A block that names a file (` ```ts file=examples/demo.ts `) must be
 * equal to the file, and tests run the file. Every other `ts` or `tsx` block is compiled with the project's settings and run
 * as a separate module, with a mock server behind `fetch` (`scripts/snippets/world.ts`). A comment before a block can change
 * that:
 *
 * - `<!-- continues -->`: the block continues the one before it;
 * - `<!-- given`, code, `-->`: this code runs before the block, and readers do not see it;
 * - `<!-- compiled only: REASON -->`: the block can't run here.
 *
 * The `ts` blocks of docstrings, which editors show, are compiled too (`scripts/snippets/docstrings.ts`).
 *
 * `npm run check:docs -- --write` puts the files into the blocks that name them.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile, type Module, placeOf, writeModules } from "./snippets/compile.js";
import { importsByName, readDocstrings } from "./snippets/docstrings.js";
import { readSnippets, replaceCode, type Snippet } from "./snippets/read.js";
import { inWorld } from "./snippets/world.js";

const folder = ".tmp/snippets";
const longestMs = 20_000;

const pages = ["README.md", ...filesIn("docs")].filter(
  (page) => page.endsWith(".md") && !page.startsWith("docs/site/"),
);
if (process.argv.includes("--write")) {
  for (const page of pages) writeFiles(page);
}

const sources = filesIn("src").filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const imports = importsByName();
const snippets = [
  ...pages.flatMap((page) => readSnippets(page, readFileSync(page, "utf8"))),
  ...sources.flatMap((source) => readDocstrings(source, readFileSync(source, "utf8"), imports)),
];
const repeated = snippets.filter(({ file }) => file !== undefined);
const modules = writeModules(
  snippets.filter(({ language, file }) => (language === "ts" || language === "tsx") && file === undefined),
  folder,
);
const runnable = modules.filter(({ snippet }) => snippet.compiledOnly === undefined);

const problems = [...repeated.flatMap(compareWithFile), ...compile(modules)];
if (problems.length === 0) {
  for (const module of runnable) problems.push(...(await run(module)));
}
rmSync(folder, { recursive: true });

for (const problem of problems) console.error(problem);
console.log(
  `${repeated.length} blocks are files, ${modules.length} were compiled, ${runnable.length} of them to be run.`,
);
// `process.exitCode` is not enough, because a snippet may have left a server or a timer open.
process.exit(problems.length > 0 ? 1 : 0);

function filesIn(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names.sort().map((name) => join(directory, name));
}

/**
 * Puts files into the blocks that name them. It begins with the last block, so that the line numbers of the other
 * blocks stay right.
 */
function writeFiles(page: string): void {
  const before = readFileSync(page, "utf8");
  const after = readSnippets(page, before).reduceRight(
    (text, snippet) =>
      snippet.file === undefined ? text : replaceCode(text, snippet, readFileSync(snippet.file, "utf8")),
    before,
  );
  if (after !== before) writeFileSync(page, after);
}

function compareWithFile({ page, line, file = "", code }: Snippet): string[] {
  if (!existsSync(file)) return [`${page}:${line}: there is no file ${file}`];
  if (readFileSync(file, "utf8") === code) return [];
  return [`${page}:${line}: differs from ${file}; npm run check:docs -- --write puts the file here`];
}

/** Runs one snippet to its end. Returns a list with the error that it threw and the error's place, or an empty list. */
async function run(module: Module): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  let onRejection: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    onRejection = reject;
    timer = setTimeout(() => reject(new Error(`it has not ended after ${longestMs} ms`)), longestMs);
  });
  process.on("unhandledRejection", onRejection);
  try {
    await inWorld(() => Promise.race([import(pathToFileURL(module.path).href), failed]));
    return [];
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [`${placeOf(module, lineIn(module, text))}: ${text}`];
  } finally {
    clearTimeout(timer);
    process.off("unhandledRejection", onRejection);
  }
}

/** Returns the line of a module in an error's stack, counted from 0: the snippet's first line if the stack does not name the module. */
function lineIn({ path, before }: Module, stack: string): number {
  const at = stack.indexOf(`${path}:`);
  return at < 0 ? before : Number.parseInt(stack.slice(at + path.length + 1), 10) - 1;
}
