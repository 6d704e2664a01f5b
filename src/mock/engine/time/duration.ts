import { show } from "../show.js";

/**
 * A span of time: milliseconds, or a sum of units: `"25h"`, `"1d 2h"`, `"1.5s"` (w, d, h, m, s, ms). It is rounded up to whole
 * milliseconds.
 */
export type Duration = number | string;

/** A day, in milliseconds. */
export const dayMs = 24 * 3_600_000;

/** A year of 365 days, in milliseconds. */
export const yearMs = 365 * dayMs;

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Reads a duration. Returns milliseconds, rounded up to a whole number, so that the clock's time fits every timestamp.
 *
 * @throws RangeError if it is not a duration. The text explains the format.
 */
export function toMs(duration: Duration): number {
  const ms = typeof duration === "number" ? duration : parse(duration);
  if (!Number.isFinite(ms) || ms < 0) {
    throw new RangeError(
      `${show(duration)} is not a duration: give milliseconds, 0 or more, or units such as "25h", "1d 2h" or "500ms" (w, d, h, m, s, ms)`,
    );
  }
  return Math.ceil(ms);
}

function parse(text: string): number {
  if (!/^\s*(\d+(\.\d+)?(ms|[smhdw])\s*)+$/.test(text)) return Number.NaN;
  let total = 0;
  for (const [, amount, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (units[unit] ?? Number.NaN);
  }
  return total;
}
