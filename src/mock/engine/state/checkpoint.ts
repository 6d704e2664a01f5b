import type { Tables } from "./tables.js";

/** Something that holds tables, such as an API. */
export interface Remembering {
  readonly tables: Tables;
}

/** Remembers what APIs hold now. The function that it returns restores that, each time it is called. */
export function checkpoint(apis: Iterable<Remembering>): () => void {
  const restores = Array.from(apis).flatMap(({ tables }) =>
    Object.values(tables).map((table) => table.checkpoint()),
  );
  return () => {
    for (const restore of restores) restore();
  };
}

/** Makes tables start with the rows of other tables of the same API. It costs nothing: rows are shared until either side writes. */
export function adopt(tables: Tables, from: Tables): void {
  for (const [name, table] of Object.entries(tables)) {
    const other = from[name];
    if (other !== undefined) table.adopt(other);
  }
}
