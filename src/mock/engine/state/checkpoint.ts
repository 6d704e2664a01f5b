import { mapValues } from "../records.js";
import type { Tables } from "./tables.js";

/** Something that holds tables, such as an API. */
export interface Remembering {
  readonly tables: Tables;
}

/** What APIs held at one time, by API and table. It never changes, and any number of servers may start with it. */
export type Checkpoint = Readonly<Record<string, Tables>>;

/** Remembers what APIs hold now. It costs nothing: rows are shared until the API writes. */
export function checkpoint(apis: Readonly<Record<string, Remembering>>): Checkpoint {
  return mapValues(apis, ({ tables }) => mapValues(tables, (table) => table.fork()));
}

/** Makes APIs hold what they, or those of another server, held at a checkpoint. */
export function restore(apis: Readonly<Record<string, Remembering>>, from: Checkpoint): void {
  for (const [api, { tables }] of Object.entries(apis)) {
    for (const [name, table] of Object.entries(tables)) {
      const other = from[api]?.[name];
      if (other !== undefined) table.adopt(other);
    }
  }
}
