import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";

/** Returns milliseconds, with their fraction. `toMs` rounds them up and checks them, as the durations of a test. */
export function durationMs({ seconds, nanos }: Duration): number {
  return Number(seconds) * 1_000 + nanos / 1e6;
}

/** Returns whole milliseconds since 1970, rounded down: the last timestamp of a day, or of the year 9999, stays in it. */
export function timestampMs({ seconds, nanos }: Timestamp): number {
  return Number(seconds) * 1_000 + Math.floor(nanos / 1e6);
}
