import { failure } from "../engine/errors.js";
import type { Entity } from "../engine/state/tables.js";
import { type Ona, placeKey } from "./state/state.js";

const defaultSize = 25;
const largestSize = 100;

/** Which page of which list is requested. A token is valid only for the list that it was issued for. */
export interface PageOptions<Row> {
  readonly list: string;
  readonly pagination: { readonly pageSize: number; readonly token: string } | undefined;
  /** Returns whether a row is in the list. Default: all rows are. */
  readonly accept?: (row: Row) => boolean;
}

/**
 * One page of rows, and the token of the next page. A token stands for the row before its page, not for a number of rows. So no item is
 * lost or repeated if others are added or removed in the meantime.
 *
 * @throws ConnectError `invalid_argument` for a token that was not issued for this list.
 */
export function pageOf<Row extends Entity>(ona: Ona, rows: readonly Row[], options: PageOptions<Row>) {
  const { list, pagination, accept = () => true } = options;
  const { pageSize = 0, token = "" } = pagination ?? {};
  const size = pageSize > 0 ? Math.min(pageSize, largestSize) : defaultSize;
  const found: Row[] = [];
  for (let index = token === "" ? 0 : indexAfter(ona, rows, list, token); index < rows.length; index++) {
    const row = rows[index];
    if (row === undefined || !accept(row)) continue;
    const last = found.at(-1);
    if (last !== undefined && found.length === size) {
      return { rows: found, pagination: { nextToken: tokenAfter(ona, list, last.id) } };
    }
    found.push(row);
  }
  return { rows: found, pagination: { nextToken: "" } };
}

function indexAfter({ state }: Ona, rows: readonly Entity[], list: string, token: string): number {
  const place = state.pageTokens.get(token);
  const index = place?.list === list ? rows.findIndex(({ id }) => id === place.after) : -1;
  if (index < 0) throw failure("invalid_argument", "pagination token is not valid");
  return index + 1;
}

/** The same token for the same place, so that reading does not make a long-running server grow. */
function tokenAfter({ state, ids }: Ona, list: string, after: string): string {
  const [known] = state.pageTokens.by("place", placeKey(list, after));
  return (known ?? state.pageTokens.insert({ id: ids.token(32), list, after })).id;
}
