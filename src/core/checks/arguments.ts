/** Checks of arguments, before anything is sent. Each throws an `InvalidArgumentError` that names the argument. */
import { invalidArgument } from "../errors/invalid-argument.js";
import { isRecord } from "../json/fields.js";

/**
 * Checks a string that must not be empty, because the API would refuse an empty one or give it another meaning. Returns
 * it.
 */
export function requiredText(value: string, argument: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalidArgument(argument, "must be a string that is not empty");
}

/**
 * Checks several such strings, by the names of their arguments: `required({ accountId, userId })`. Returns the same
 * object.
 */
export function required<Texts extends Readonly<Record<string, string>>>(texts: Texts): Texts {
  for (const argument in texts) requiredText(texts[argument] ?? "", argument);
  return texts;
}

/** Checks strings as {@link required} does, and adds them to the secrets of a call. Returns the same object. */
export function requiredSecrets<Texts extends Readonly<Record<string, string>>>(
  texts: Texts,
  secrets: string[],
): Texts {
  secrets.push(...Object.values(required(texts)));
  return texts;
}

/** Checks that an argument is an object. Does not check its fields. Returns it. */
export function fieldsOf<Fields extends object>(value: Fields, argument: string): Fields {
  if (isRecord(value)) return value;
  throw invalidArgument(argument, "must be an object");
}

/** Checks a list, and each item with `check`. Returns the list of the results of `check`. */
export function listOf<T, R>(
  values: readonly T[],
  argument: string,
  check: (value: T, argument: string) => R,
): R[] {
  // `map` would skip the missing items of a sparse array.
  if (Array.isArray(values)) return Array.from(values, (value, at) => check(value, `${argument}[${at}]`));
  throw invalidArgument(argument, "must be a list");
}

/** Converts a whole number, at least zero, to a string, as ProtoJSON writes 64-bit numbers. */
export function toUint64(value: number, argument: string): string {
  checkCount(value, argument, 0, Number.MAX_SAFE_INTEGER);
  return String(value);
}

/** Converts a date, 1970 or later, to whole seconds since 1970, as a string, as ProtoJSON writes 64-bit numbers. */
export function toUnixSeconds(date: Date, argument: string): string {
  const seconds = Math.floor(validDate(date, argument).getTime() / 1000);
  if (seconds >= 0) return String(seconds);
  throw invalidArgument(argument, "must not be before 1970");
}

/** Converts a date to a string, as ProtoJSON writes timestamps. The year must be from 1 to 9999. */
export function toTimestamp(date: Date, argument: string): string {
  const text = validDate(date, argument).toISOString();
  if (/^(?!0000)\d/.test(text)) return text;
  throw invalidArgument(argument, "must be in the years 1 to 9999");
}

/**
 * Converts milliseconds to a string in seconds, as ProtoJSON writes durations. A `Duration` is at most 10,000 years.
 */
export function toDuration(ms: number, argument: string): string {
  checkCount(ms, argument, 0, 315_576_000_000_000);
  return `${ms / 1000}s`;
}

function validDate(date: Date, argument: string): Date {
  // `instanceof` would fail for a Date of another realm.
  const ms = typeof date?.getTime === "function" ? date.getTime() : Number.NaN;
  if (Number.isFinite(ms)) return new Date(ms);
  throw invalidArgument(argument, "must be a valid Date");
}

/** Checks a boolean. Returns it. */
export function flag(value: unknown, argument: string): boolean {
  if (typeof value === "boolean") return value;
  throw invalidArgument(argument, "must be true or false");
}

/** Checks a whole number from `least` to `most`, which may be Infinity. */
export function checkCount(value: unknown, argument: string, least: number, most: number): void {
  const number = typeof value === "number" ? value : Number.NaN;
  if (number === most || (Number.isInteger(number) && number >= least && number < most)) return;
  const given = typeof value === "number" ? value : typeof value;
  throw invalidArgument(argument, `must be a whole number from ${least} to ${most}, not ${given}`);
}
