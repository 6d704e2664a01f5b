import { ApiError } from "../errors/api-error.js";
import { invalidArgument } from "../errors/invalid-argument.js";

/**
 * A position in a list: the API's token of a page, and the number of items to skip on that page. It works with any page
 * size.
 */
export interface Position {
  /** The API's page token; empty for the first page. */
  readonly token: string;
  readonly skip: number;
}

/** Returns a position as a string, the public `cursor`. */
export function toCursor({ token, skip }: Position): string {
  return `${skip}:${token}`;
}

/**
 * Returns the position of a cursor. Without a cursor, returns the beginning.
 *
 * @throws InvalidArgumentError if a `List` did not create the string. It may be an API's own page token.
 */
export function parseCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return { token: "", skip: 0 };
  const [, skip, token] = (typeof cursor === "string" && /^(\d{1,15}):(.*)$/s.exec(cursor)) || [];
  if (skip === undefined || token === undefined) {
    throw invalidArgument("cursor", "must be a `cursor` of this list");
  }
  return { token, skip: Number(skip) };
}

/**
 * Sets an error's `cursor` to the position to continue from, and returns the error. The list's beginning needs no
 * cursor.
 */
export function withCursor<Reason>(reason: Reason, position: Position): Reason {
  // A hook may have frozen it.
  if (reason instanceof ApiError && (position.token || position.skip))
    Reflect.set(reason, "cursor", toCursor(position));
  return reason;
}
