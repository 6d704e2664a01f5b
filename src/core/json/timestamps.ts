import { fail } from "./field-error.js";
import type { Json } from "./fields.js";

/**
 * A timestamp in RFC 3339 format, with any offset and up to nine digits of the second. `Date` refuses numbers that are
 * too large, but it accepts the hour 24 and many other strings.
 */
const rfc3339 = /^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads a timestamp that the API always sends, truncated to milliseconds. */
export function date(from: Json, field: string): Date {
  const given = from[field];
  const text = typeof given === "string" && rfc3339.test(given) ? given : "";
  const value = new Date(text);
  // `Date` reads February 31 as March 3. Only days after the 28th can be missing from a month.
  const day = Number(text.slice(8, 10));
  const exists = day < 29 || new Date(text.slice(0, 10)).getUTCDate() === day;
  // A protobuf timestamp has a year from 1 to 9999, in UTC. An invalid date has the year NaN.
  const year = value.getUTCFullYear();
  return exists && year > 0 && year < 10_000 ? value : fail(field, "a timestamp", given);
}
