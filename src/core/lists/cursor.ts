import { ApiError } from "../errors/api-error.js";
import { invalidArgument } from "../errors/invalid-argument.js";

/**
 * A place in a list: a number of items after the beginning of the page that the API's token names. So it can be inside a
 * page, and works with any page size.
 */
export interface Place {
  /** The API's own token; empty for the first page. */
  readonly token: string;
  readonly skip: number;
}

/** The place as a string, the `cursor` that users see. */
export function toCursor({ token, skip }: Place): string {
  return `${skip}:${token}`;
}

/**
 * The place that a cursor names. Without a cursor, the beginning.
 *
 * @throws InvalidArgumentError if the string is not from a list of ours, such as an API's own page token.
 */
export function parseCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return { token: "", skip: 0 };
  const [, skip, token] = (typeof cursor === "string" && /^(\d{1,15}):(.*)$/s.exec(cursor)) || [];
  if (skip === undefined || token === undefined) {
    throw invalidArgument("cursor", "must be a `cursor` of this list");
  }
  return { token, skip: Number(skip) };
}

/** Sets an error's `cursor` to the place to go on from, and returns the error. The list's beginning needs no cursor. */
export function placed<Reason>(reason: Reason, place: Place): Reason {
  // A hook may have frozen it.
  if (reason instanceof ApiError && (place.token || place.skip))
    Reflect.set(reason, "cursor", toCursor(place));
  return reason;
}
