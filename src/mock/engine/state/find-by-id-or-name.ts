import type { Entity, Table } from "./tables.js";

/**
 * Finds the row with this id, or the row with this name if only one has it.
 *
 * @param kind - the word for such a row in the text of the error.
 * @throws Error if there is no such row, and if several rows have the name.
 */
export function findByIdOrName<Row extends Entity & { readonly name: string }, Name extends string>(
  table: Table<Row, Name>,
  idOrName: string,
  kind: string,
): Row {
  const row = table.get(idOrName);
  if (row !== undefined) return row;
  const found = Array.from(table.all()).filter(({ name }) => name === idOrName);
  const [only, ...others] = found;
  if (only === undefined)
    throw new Error(`there is no ${kind} "${idOrName}" on this server: seed it, or create it first`);
  if (others.length > 0) throw new Error(`${found.length} ${kind}s are named "${idOrName}": give an id`);
  return only;
}
