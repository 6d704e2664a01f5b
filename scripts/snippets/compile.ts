import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import type { Snippet } from "./read.js";

/** Declares what the pages about React and Next.js import. */
const frameworks = "scripts/snippets/next.d.ts";
/** Declares the names that the examples in docstrings use. It is not part of the project, whose code must not see these names. */
const names = "scripts/snippets/names.ts";

/** A snippet as a separate module. */
export interface Module {
  readonly snippet: Snippet;
  readonly path: string;
  readonly code: string;
  /** The number of lines before the snippet's own. */
  readonly before: number;
}

/** Writes each snippet as a module, after its given code and the snippets that it continues. */
export function writeModules(snippets: readonly Snippet[], folder: string): Module[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const modules: Module[] = [];
  for (const snippet of snippets) {
    const last = modules.at(-1);
    const earlier = snippet.continues && last?.snippet.page === snippet.page ? last.code : "";
    const ahead = earlier + snippet.given;
    const name = `${snippet.page.replace(/\W+/g, "-")}-${snippet.line}.${snippet.language}`;
    const code = ahead + snippet.code;
    const path = resolve(join(folder, name));
    // `export {}` makes every snippet a module, so that it can use `await` and its names are private.
    writeFileSync(path, `${code}export {};\n`);
    modules.push({ snippet, path, code, before: ahead.split("\n").length - 1 });
  }
  return modules;
}

/** Compiles modules with the project's settings. Returns the errors, each with its place on a page. */
export function compile(modules: readonly Module[]): string[] {
  const shown = {
    ...projectOptions(),
    // A snippet may create a value and not use it.
    noUnusedLocals: false,
    noUnusedParameters: false,
    // This is a rule of this project only. Readers write process.env.NAME.
    noPropertyAccessFromIndexSignature: false,
    // Readers use various frameworks.
    jsx: ts.JsxEmit.Preserve,
  };
  const paths = modules.map(({ path }) => path);
  const program = ts.createProgram([...paths, frameworks, names], shown);
  const errorsIn = (path: string, place: (line: number) => string): string[] => {
    const source = program.getSourceFile(path);
    const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return problems.map(({ start, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      const line = source === undefined ? 0 : source.getLineAndCharacterOfPosition(start ?? 0).line;
      return `${place(line)}: ${text}`;
    });
  };
  return [
    ...modules.flatMap((module) => errorsIn(module.path, (line) => placeOf(module, line))),
    ...errorsIn(names, (line) => `${names}:${line + 1}`),
  ];
}

/** Returns the project's own settings for the compiler. */
export function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, ".").options;
}

/** Returns the page and line of a line of a module, which is counted from 0. */
export function placeOf({ snippet, before }: Module, line: number): string {
  return line < before
    ? `${snippet.page}:${snippet.line} (what is given)`
    : `${snippet.page}:${snippet.line + line - before}`;
}
