import { show } from "../show.js";
import { type Duration, toMs } from "./duration.js";

/**
 * A point in time: a `Date`, an ISO 8601 string, or milliseconds since 1970. A string without a time zone is read as UTC, so
 * that a test has the same result in every time zone.
 */
export type Instant = Date | string | number;

/**
 * The first and the last point in time that a timestamp of the APIs can contain, in milliseconds since 1970: the years
 * 1 to 9999.
 */
export const firstInstant = Date.parse("0001-01-01T00:00:00Z");
export const lastInstant = Date.parse("9999-12-31T23:59:59.999Z");

const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a point in time. Returns whole milliseconds since 1970, rounded up, so that the clock's time fits every timestamp.
 *
 * @throws RangeError if it is not a point in time, or not in the years 1 to 9999.
 */
export function toInstant(instant: Instant): number {
  const ms = typeof instant === "string" ? parse(instant) : isDate(instant) ? Number(instant) : instant;
  if (Number.isFinite(ms)) return within(Math.ceil(ms), instant);
  const shown = isDate(instant) ? "an invalid Date" : show(instant);
  throw new RangeError(
    `${shown} is not a date: give a Date or an ISO 8601 string such as "2026-01-31" or "2026-01-31T12:00:00Z"`,
  );
}

/** Returns the time at which a duration ends, or the last point in time if that is earlier. */
export function timeAfter(start: number, by: Duration): number {
  return Math.min(start + toMs(by), lastInstant);
}

function within(ms: number, instant: Instant): number {
  if (ms >= firstInstant && ms <= lastInstant) return ms;
  throw new RangeError(
    `${show(instant)} is not in the years 1 to 9999, and the APIs have no timestamps for other dates`,
  );
}

/** Checks whether a value is a `Date`. It may come from another realm, such as jsdom. */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** Reads an ISO 8601 string. Returns NaN if it is not valid. `Date` alone would also accept the 31st of February. */
function parse(text: string): number {
  const [, day = "", time = "00:00", fraction = "", zone = "Z"] = form.exec(text.trim()) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(`${day}T`)) return Number.NaN;
  const clock = time.length === 5 ? `${time}:00` : time;
  const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2").toUpperCase();
  return Date.parse(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, "0")}${offset}`);
}
