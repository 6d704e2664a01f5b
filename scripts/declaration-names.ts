import { dirname, join } from "node:path";

/** A file of declarations that several entries share, such as `options-CmkMjLDA.d.ts`. */
const chunk = /-[\w-]{8}\.d\.ts$/;

const ownExports = /^(export (?:type )?\{)([^}]*)\};$/m;
const namedImports = /^((?:import|export) (?:type )?\{)([^}]*)(\} from ["'])(\.[^"']*)(\.js["'];)$/gm;

/**
 * Renames the exports of shared declarations to their real names. The bundler gives them names of one or two letters, and
 * TypeScript shows those in some errors, such as `options-CmkMjLDA").A<boolean>` for an `ApiPromise` that is not awaited.
 *
 * @param files - the content of each `.d.ts` file, by its path.
 * @returns the files with their new content.
 */
export function withRealNames(files: ReadonlyMap<string, string>): Map<string, string> {
  const namesOf = new Map<string, Map<string, string>>();
  for (const [path, content] of files) {
    const list = chunk.test(path) ? ownExports.exec(content)?.[2] : undefined;
    if (list !== undefined) namesOf.set(path, new Map(parse(list).map(({ from, to }) => [to, from])));
  }
  return new Map(
    [...files].map(([path, content]) => {
      const renamed = content.replace(namedImports, (all, start, list, middle, source, end) => {
        const names = namesOf.get(join(dirname(path), `${source}.d.ts`));
        if (names === undefined) return all;
        const items = parse(list).map(({ type, from, to }) => write(type, names.get(from) ?? from, to));
        return `${start} ${items.join(", ")} ${middle}${source}${end}`;
      });
      if (!namesOf.has(path)) return [path, renamed];
      const exported = renamed.replace(ownExports, (_, start: string, list: string) => {
        const items = parse(list).map(({ type, from }) => write(type, from, from));
        return `${start} ${items.join(", ")} };`;
      });
      return [path, exported];
    }),
  );
}

/** Reads the list of an import or an export: `A as ApiPromise, type Clock`. */
function parse(list: string): { type: string; from: string; to: string }[] {
  const items = list.matchAll(/(type )?([\w$]+)(?: as ([\w$]+))?/g);
  return Array.from(items, ([, type = "", from = "", to = from]) => ({ type, from, to }));
}

function write(type: string, from: string, to: string): string {
  return from === to ? `${type}${from}` : `${type}${from} as ${to}`;
}
