import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";

/** Returns milliseconds, with their fraction: the server rounds up, as it does for durations in process. */
export function durationMs({ seconds, nanos }: Duration): number {
  return Number(seconds) * 1_000 + nanos / 1e6;
}

/** Returns whole milliseconds since 1970, rounded down: rounded up, the last timestamp would be after the year 9999. */
export function timestampMs({ seconds, nanos }: Timestamp): number {
  return Number(seconds) * 1_000 + Math.floor(nanos / 1e6);
}
