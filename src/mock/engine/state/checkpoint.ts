import { mapValues } from "../records.js";
import type { Tables } from "./tables.js";

/** An object that has tables, such as an API. */
export interface HasTables {
  readonly tables: Tables;
}

/** The tables of APIs at one moment, by API. It never changes, and any number of servers may start with it. */
export type Checkpoint = Readonly<Record<string, Tables>>;

/** Copies the tables of APIs. This is cheap: rows are shared until an API writes. */
export function checkpoint(apis: Readonly<Record<string, HasTables>>): Checkpoint {
  return mapValues(apis, ({ tables }) => mapValues(tables, (table) => table.fork()));
}

/** Replaces the tables of APIs with the tables of a checkpoint, which may be from another server. */
export function restore(apis: Readonly<Record<string, HasTables>>, from: Checkpoint): void {
  for (const [api, { tables }] of Object.entries(apis)) {
    for (const [name, table] of Object.entries(tables)) {
      const other = from[api]?.[name];
      if (other !== undefined) table.adopt(other);
    }
  }
}
