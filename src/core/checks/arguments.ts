/** Checks of arguments, before anything is sent. Each throws an `InvalidArgumentError` that names the argument. */
import { invalidArgument } from "../errors/invalid-argument.js";
import { isRecord } from "../json/fields.js";

/** A text that the API would refuse, or take for something else, if it were empty. */
export function requiredText(value: string, argument: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalidArgument(argument, "must be a string that is not empty");
}

/** Several of them, by the names of their arguments: `required({ accountId, userId })`. Returns the same object. */
export function required<Texts extends Readonly<Record<string, string>>>(texts: Texts): Texts {
  for (const argument in texts) requiredText(texts[argument] ?? "", argument);
  return texts;
}

/** An object, whose fields are still to be checked. */
export function fieldsOf<Fields extends object>(value: Fields, argument: string): Fields {
  if (isRecord(value)) return value;
  throw invalidArgument(argument, "must be an object");
}

/** A list, each item of which is checked by `check`. */
export function listOf<T, R>(
  values: readonly T[],
  argument: string,
  check: (value: T, argument: string) => R,
): R[] {
  // Not by `map`, which leaves holes out.
  if (Array.isArray(values)) return Array.from(values, (value, at) => check(value, `${argument}[${at}]`));
  throw invalidArgument(argument, "must be a list");
}

/** A whole number of at least zero, as ProtoJSON writes 64-bit numbers. */
export function toUint64(value: number, argument: string): string {
  checkCount(argument, value, 0, Number.MAX_SAFE_INTEGER);
  return String(value);
}

/** A date as whole seconds since the Unix epoch, as ProtoJSON writes 64-bit numbers. */
export function toUnixSeconds(date: Date, argument: string): string {
  return toUint64(Math.floor(validDate(date, argument).getTime() / 1000), argument);
}

/** A date as ProtoJSON writes timestamps, which have the years 1 to 9999. */
export function toTimestamp(date: Date, argument: string): string {
  const text = validDate(date, argument).toISOString();
  if (/^(?!0000)\d/.test(text)) return text;
  throw invalidArgument(argument, "must be in the years 1 to 9999");
}

/** A span of milliseconds as ProtoJSON writes durations: in seconds. The most is what a Duration holds, 10,000 years. */
export function toDuration(ms: number, argument: string): string {
  checkCount(argument, ms, 0, 315_576_000_000_000);
  return `${ms / 1000}s`;
}

function validDate(date: Date, argument: string): Date {
  // A Date of another realm is none of this realm's `Date`.
  const ms = typeof date === "object" && typeof date?.getTime === "function" ? date.getTime() : Number.NaN;
  if (Number.isFinite(ms)) return new Date(ms);
  throw invalidArgument(argument, "must be a valid Date");
}

/** A boolean. */
export function flag(value: unknown, argument: string): boolean {
  if (typeof value === "boolean") return value;
  throw invalidArgument(argument, "must be true or false");
}

/** An option that counts something. `most` may be Infinity. */
export function checkCount(option: string, value: unknown, least: number, most: number): void {
  const number = typeof value === "number" ? value : Number.NaN;
  if (number === most || (Number.isInteger(number) && number >= least && number < most)) return;
  const given = typeof value === "number" ? value : typeof value;
  throw invalidArgument(option, `must be a whole number from ${least} to ${most}, not ${given}`);
}
