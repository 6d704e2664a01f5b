import { failure } from "../engine/errors.js";
import type { Entity } from "../engine/state/tables.js";
import type { PageTokenRow } from "./state/rows.js";
import { type Ona, placeKey } from "./state/state.js";

const defaultSize = 25;
const largestSize = 100;

/** The list, and the page of it that is requested. A page token is valid only for the list that it was issued for. */
export interface PageOptions<Row> {
  readonly list: string;
  readonly pagination: { readonly pageSize: number; readonly token: string } | undefined;
  /** Returns whether a row is in the list. Default: all rows are. */
  readonly accept?: (row: Row) => boolean;
}

/**
 * Returns one page of rows, and the token of the next page. A token remembers the rows before its page, not their number, so no item is
 * lost or repeated if others are added or removed in the meantime.
 *
 * @throws ConnectError `invalid_argument` if the token was not issued for this list.
 */
export function pageOf<Row extends Entity>(ona: Ona, rows: readonly Row[], options: PageOptions<Row>) {
  const { list, pagination, accept = () => true } = options;
  const { pageSize = 0, token = "" } = pagination ?? {};
  const size = pageSize > 0 ? Math.min(pageSize, largestSize) : defaultSize;
  const found: Row[] = [];
  for (let index = token === "" ? 0 : indexAfter(ona, rows, list, token); index < rows.length; index++) {
    const row = rows[index];
    if (row === undefined || !accept(row)) continue;
    if (found.length === size) {
      const after = found.map(({ id }) => id);
      return { rows: found, pagination: { nextToken: tokenAfter(ona, list, after, token) } };
    }
    found.push(row);
  }
  return { rows: found, pagination: { nextToken: "" } };
}

/**
 * The index of the first row of a page: after the last row of the previous page. If that row is gone, the row before it counts, so a
 * walk that deletes what it has read goes on where it was.
 */
function indexAfter({ state }: Ona, rows: readonly Entity[], list: string, token: string): number {
  const first = state.pageTokens.get(token);
  if (first?.list !== list) throw failure("invalid_argument", "pagination token is not valid");
  const indexes = new Map(rows.map(({ id }, index) => [id, index]));
  for (let place: PageTokenRow | undefined = first; place; place = state.pageTokens.get(place.previous)) {
    for (const id of place.after.toReversed()) {
      const index = indexes.get(id);
      if (index !== undefined) return index + 1;
    }
  }
  return 0;
}

/** Returns the token of the next page. The same place always gets the same token, so that reads do not fill the memory. */
function tokenAfter({ state, ids }: Ona, list: string, after: readonly string[], previous: string): string {
  const [known] = state.pageTokens.by("place", placeKey(list, after.at(-1) ?? ""));
  return (known ?? state.pageTokens.insert({ id: ids.token(32), list, after, previous })).id;
}
