/** Returns a time in JSON as milliseconds since 1970. NaN if there is none. */
export function timeOf(at: string | undefined): number {
  return Date.parse(at ?? "");
}

/** Returns a duration in JSON, such as "1.5s", in seconds. 0 if there is none. */
export function secondsOf(duration: string | undefined): number {
  return Number.parseFloat(duration ?? "0");
}

/** Returns a time of day, with milliseconds if it has some: 09:30:00, 09:30:00.125. */
export function timeOfDay(at: string | undefined): string {
  const time = timeOf(at);
  return Number.isNaN(time) ? "" : new Date(time).toISOString().slice(11, 23).replace(".000", "");
}

/** Returns a day: 1 January 2026. */
export function dayOf(at: string | undefined): string {
  const time = timeOf(at);
  if (Number.isNaN(time)) return "";
  return new Date(time).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** Returns a span of time: 0 ms, 200 ms, 1.5 s, 2 min, 25 h. */
export function spanOf(duration: string | undefined): string {
  const seconds = secondsOf(duration);
  if (seconds < 1) return `${Math.round(seconds * 1_000)} ms`;
  if (seconds < 120) return `${trim(seconds)} s`;
  if (seconds < 7_200) return `${trim(seconds / 60)} min`;
  return seconds < 259_200 ? `${trim(seconds / 3_600)} h` : `${trim(seconds / 86_400)} d`;
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The codes of failures that are not the caller's mistake. */
const serverFailures = new Set([
  "unavailable",
  "internal",
  "unknown",
  "data_loss",
  "resource_exhausted",
  "deadline_exceeded",
  "unimplemented",
]);

/** Returns the tone of an outcome: `good` (succeeded), `bad` (the server or the connection failed), or `warning` (under way, or refused). */
export function toneOf(code: string, wire?: string): "good" | "warning" | "bad" {
  if (wire !== undefined || serverFailures.has(code)) return "bad";
  return code === "ok" ? "good" : "warning";
}

/** Returns a number with its noun: "1 call", "2 calls". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
