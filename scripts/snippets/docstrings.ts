import { existsSync, readdirSync } from "node:fs";
import ts from "typescript";
import { entries } from "../entries.js";
import { projectOptions } from "./compile.js";
import type { Snippet } from "./read.js";

/** The folders of `src` with a client of an API: `src/ona/client.ts` has `OnaClient`. */
const apiFolders = readdirSync("src").filter(
  (folder) => folder !== "core" && existsSync(`src/${folder}/client.ts`),
);

const block = /^( *)\* ```ts\n((?:\1\*.*\n)*?)\1\* ```$/gm;

/**
 * Returns the examples in the docstrings of a source file. Each may use without an import what the package exports, a `client` of
 * the API that the file belongs to, and the names in `names.ts`.
 *
 * @param imports - the result of {@link importsByName}.
 */
export function readDocstrings(
  page: string,
  source: string,
  imports: ReadonlyMap<string, string>,
): Snippet[] {
  return Array.from(source.matchAll(block), ({ index, 2: lines = "" }) => {
    const code = lines.replaceAll(/^ *\* ?/gm, "");
    return {
      page,
      line: source.slice(0, index).split("\n").length + 1,
      language: "ts",
      code,
      file: undefined,
      given: [...importsOf(code, imports), ...clientOf(page, code), ""].join("\n"),
      continues: false,
      compiledOnly: "it is a part of a program",
    };
  });
}

/** Returns an import of each name that the package exports. Examples themselves import the methods and messages of the APIs. */
export function importsByName(): Map<string, string> {
  const shown = entries.filter(({ specifier }) => !/\/(methods|proto)/.test(specifier));
  const paths = shown.map(({ source }) => source);
  const program = ts.createProgram(paths, projectOptions());
  const checker = program.getTypeChecker();
  const imports = new Map<string, string>();
  for (const { specifier, source } of shown) {
    const file = program.getSourceFile(source);
    const module = file && checker.getSymbolAtLocation(file);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const isAlias = symbol.flags & ts.SymbolFlags.Alias;
      const { flags } = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
      const kind = flags & ts.SymbolFlags.Value ? "" : "type ";
      // Several entries may export the same name. The first one is the main entry.
      if (!imports.has(symbol.name))
        imports.set(symbol.name, `import { ${kind}${symbol.name} } from "${specifier}";`);
    }
  }
  return imports;
}

/** Returns the imports of the names that the code uses but does not import. */
function importsOf(code: string, imports: ReadonlyMap<string, string>): string[] {
  const own = code.match(/^import .*/gm)?.join(" ") ?? "";
  // A word after a dot is a property, except after the three dots of a spread.
  const words = new Set(code.match(/(?<!\w|[^.]\.)[A-Za-z]\w*/g));
  return [...words].flatMap((word) => (own.includes(word) ? [] : (imports.get(word) ?? [])));
}

function clientOf(page: string, code: string): string[] {
  if (/const client\b/.test(code)) return [];
  const api = page.split("/").find((folder) => apiFolders.includes(folder)) ?? "vydon";
  return [`declare const client: import("tenantry").${api[0]?.toUpperCase()}${api.slice(1)}Client;`];
}
