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
      const exported = (_: string, start: string, list: string) =>
        `${start} ${parse(list)
          .map(({ type, from }) => `${type}${from}`)
          .join(", ")} };`;
      return [path, renamed.replace(ownExports, exported)];
    }),
  );
}

/** Reads the list of an import or an export: `A as ApiPromise, type Clock`. */
function parse(list: string): { type: string; from: string; to: string }[] {
  return [...list.matchAll(/(type )?([\w$]+)(?: as ([\w$]+))?/g)].map(
    ([, type = "", from = "", to = from]) => ({
      type,
      from,
      to,
    }),
  );
}

function write(type: string, from: string, to: string): string {
  return from === to ? `${type}${from}` : `${type}${from} as ${to}`;
}
