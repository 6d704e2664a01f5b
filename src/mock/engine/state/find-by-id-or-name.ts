import type { Entity, Table } from "./tables.js";

/**
 * The row with this id, or with this name where only one has it; `kind` is what such a row is called.
 *
 * @throws Error if there is none, or several of the name.
 */
export function named<Row extends Entity & { readonly name: string }, Name extends string>(
  table: Table<Row, Name>,
  idOrName: string,
  kind: string,
): Row {
  const row = table.get(idOrName);
  if (row !== undefined) return row;
  const found = Array.from(table.all()).filter(({ name }) => name === idOrName);
  const [only, ...others] = found;
  if (only === undefined) throw new Error(`there is no ${kind} "${idOrName}" on this server`);
  if (others.length > 0) throw new Error(`${found.length} ${kind}s are named "${idOrName}": give an id`);
  return only;
}
