import { invalid } from "./convert.js";
import { ApiError } from "./errors.js";

/**
 * A place in a list: so many items after the beginning of the page that the
 * API's token names. So it can lie within a page, and hold with any page size.
 */
export interface Place {
  /** The API's own token; empty for the first page. */
  readonly token: string;
  readonly skip: number;
}

/** The place as our users see it: text that they keep and give back. */
export function toCursor({ token, skip }: Place): string {
  return `${skip}:${token}`;
}

/**
 * The place that a cursor names; without one, the beginning.
 *
 * @throws InvalidArgumentError where no list gave it out, an API's own token for instance.
 */
export function parseCursor(cursor: string | undefined): Place {
  if (cursor === undefined) return { token: "", skip: 0 };
  const [, skip, token] = /^(\d{1,15}):(.*)$/s.exec(cursor) ?? [];
  if (skip === undefined || token === undefined) {
    throw invalid("cursor", "must be the `cursor` of a page or of an error, as it is");
  }
  return { token, skip: Number(skip) };
}

/** The error with the place to go on from; the list's beginning needs none. */
export function placed<Reason>(reason: Reason, place: Place): Reason {
  if (reason instanceof ApiError && (place.token || place.skip)) reason.cursor = toCursor(place);
  return reason;
}
