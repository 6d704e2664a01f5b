import { failure } from "../engine/errors.js";
import type { Entity } from "../engine/state/tables.js";
import type { PageTokenRow } from "./state/rows.js";
import { type Ona, placeKey } from "./state/state.js";

const defaultSize = 25;

/** The list and the requested page. */
export interface PageOptions<Row> {
  /** The key of the list. A page token is valid only for the list that it was issued for. */
  readonly list: string;
  readonly pagination: { readonly pageSize: number; readonly token: string } | undefined;
  /** Returns whether a row is in the list. Default: all rows are. */
  readonly accept?: (row: Row) => boolean;
}

/**
 * Returns one page of rows, and the token of the next page. With the token, the server stores the ids of the rows before the next
 * page, not their number. So no row is lost or repeated if other rows are added or removed in the meantime.
 *
 * @throws ConnectError `invalid_argument` if the token was not issued for this list.
 */
export function pageOf<Row extends Entity>(ona: Ona, rows: readonly Row[], options: PageOptions<Row>) {
  const { list, pagination, accept = () => true } = options;
  const { pageSize = 0, token = "" } = pagination ?? {};
  const size = pageSize > 0 ? pageSize : defaultSize;
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
 * Returns the index of the first row of a page. It comes after the last row of the previous page or, if that row was deleted, after the row
 * before it. So a caller who deletes each row that they have read continues in the right place.
 *
 * @throws ConnectError `invalid_argument` if the token was not issued for this list.
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

/** Returns the token of the next page. The same place always has the same token, so reads do not fill the memory. */
function tokenAfter({ state, ids }: Ona, list: string, after: readonly string[], previous: string): string {
  const [known] = state.pageTokens.by("place", placeKey({ list, after }));
  return (known ?? state.pageTokens.insert({ id: ids.token(32), list, after, previous })).id;
}
