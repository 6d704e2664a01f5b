import type { DateRange } from "../../../../gen/gitpod/v1/billing_pb.js";
import { failure } from "../../engine/errors.js";
import { dayMs } from "../../engine/time/duration.js";
import { firstInstant } from "../../engine/time/instant.js";
import { timestampMs } from "../../engine/time/protobuf.js";

/** A day: from `start` up to, not including, `end`. Both are milliseconds since 1970. */
export interface Day {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the days of a range, including the first and the last. The time of day does not count. Days begin at midnight in the time zone.
 * An empty time zone is UTC.
 *
 * @throws ConnectError `invalid_argument` if the time zone is unknown, if the end is before the start, if there are more than `max` days, or
 * if the first day may begin before the year 1 in the time zone.
 */
export function daysOf(range: DateRange | undefined, timezone: string, max: number): Day[] {
  const { startTime, endTime } = range ?? {};
  if (startTime === undefined || endTime === undefined) return [];
  const from = timestampMs(startTime);
  // The local day may be one day earlier, and the local time at its start in UTC is another day earlier.
  if (timezone !== "" && from < firstInstant + 2 * dayMs) {
    throw failure("invalid_argument", "date_range: with a timezone, it must begin on 0001-01-03 or later");
  }
  const localTime = localTimeIn(timezone);
  const first = dateOf(localTime(from));
  const last = dateOf(localTime(timestampMs(endTime)));
  if (last < first) throw failure("invalid_argument", "date_range: the end is before the start");
  const count = Math.round((last - first) / dayMs) + 1;
  if (count > max) throw failure("invalid_argument", `date_range: it has ${count} days: give at most ${max}`);
  return Array.from({ length: count }, (_, index) => {
    const date = first + index * dayMs;
    return { start: midnight(date, localTime), end: midnight(date + dayMs, localTime) };
  });
}

/** Returns the start of the billing period that contains a point in time: the first of its month, in UTC. */
export function periodStart(at: number): number {
  const date = new Date(at);
  return utc(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** Returns the start of a date in UTC. `Date.UTC` cannot do this, because it reads a year up to 99 as one after 1900. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** Returns the local time at a point in time, as if the local clock were in UTC. */
type LocalTime = (at: number) => number;

/** Returns the function for the local time of a time zone. @throws ConnectError `invalid_argument` if the time zone is unknown. */
function localTimeIn(timezone: string): LocalTime {
  if (timezone === "") return (at) => at;
  const format = formatOf(timezone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const date = utc(part("year"), part("month") - 1, part("day"));
    return date + ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1_000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  // Some runtimes accept an offset, such as +01:00, but it is not the name of a time zone. All names begin with a letter.
  if (!/^[a-z]/i.test(timeZone)) throw unknownTimezone();
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw unknownTimezone();
  }
}

function unknownTimezone() {
  return failure("invalid_argument", "timezone is not known: give a name such as Europe/Berlin");
}

function dateOf(localTime: number): number {
  return Math.floor(localTime / dayMs) * dayMs;
}

/**
 * Returns the point in time at which a local date begins. The offset is read twice, because it may change shortly before the date. If the
 * clocks skip midnight, the date begins later.
 */
function midnight(date: number, localTime: LocalTime): number {
  const guess = date - (localTime(date) - date);
  const start = date - (localTime(guess) - guess);
  return localTime(start) < date ? guess : start;
}
