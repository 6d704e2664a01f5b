import { type Duration, durationFromMs, type Timestamp } from "@bufbuild/protobuf/wkt";

/** The longest Duration of protobuf, in milliseconds: about 10,000 years. */
const longestMs = 315_576_000_000_000;

/** Returns milliseconds as a Duration. A longer time than it can contain becomes the longest. */
export function toDuration(ms: number): Duration {
  return durationFromMs(Math.min(ms, longestMs));
}

/** Returns a Duration in milliseconds, not rounded. Pass it to `toMs`, which checks it and rounds it up. */
export function durationMs({ seconds, nanos }: Duration): number {
  return Number(seconds) * 1_000 + nanos / 1e6;
}

/** Returns a Timestamp in milliseconds since 1970, rounded down. So the last timestamp of a day still belongs to this day. */
export function timestampMs({ seconds, nanos }: Timestamp): number {
  return Number(seconds) * 1_000 + Math.floor(nanos / 1e6);
}
