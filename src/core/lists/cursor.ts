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

/** The place as a text for users. */
export function toCursor({ token, skip }: Place): string {
  return `${skip}:${token}`;
}

/**
 * The place that a cursor names. Without a cursor, the beginning.
 *
 * @throws InvalidArgumentError if the text is not from a list of ours, such as an API's own token.
 */
export function parseCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return { token: "", skip: 0 };
  const [, skip, token] = (typeof cursor === "string" && /^(\d{1,15}):(.*)$/s.exec(cursor)) || [];
  if (skip === undefined || token === undefined) {
    throw invalidArgument("cursor", "must be a `cursor` of this list");
  }
  return { token, skip: Number(skip) };
}

/** The error with the place to go on from. The list's beginning needs none. */
export function placed<Reason>(reason: Reason, place: Place): Reason {
  // A hook may have frozen it.
  if (reason instanceof ApiError && (place.token || place.skip))
    Reflect.set(reason, "cursor", toCursor(place));
  return reason;
}
