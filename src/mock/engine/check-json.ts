import { didYouMean } from "./did-you-mean.js";
import { messageOf } from "./message-of.js";
import { show } from "./show.js";
import { type Duration, toMs } from "./time/duration.js";
import { firstInstant, isDate, lastInstant, toInstant } from "./time/instant.js";

/** Checks a value, such as one from JSON, and returns it. @throws Error if it is not a `T`. The text begins with the path to it. */
export type Check<T> = (value: unknown, path: string) => T;

/** A check for every key of `T`. */
export type Shape<T> = { readonly [Key in keyof T]-?: Check<T[Key]> };

/** Accepts an object if all keys are known and each value passes the check of its key. */
export function object<T>(shape: Shape<NoInfer<T>>): Check<T> {
  const checks = new Map(Object.entries<Check<unknown>>({ ...shape }));

  function assertShape(value: unknown, path: string): asserts value is T {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrong(value, path, "an object");
    for (const [key, part] of Object.entries(value)) {
      const check = checks.get(key);
      if (check === undefined) {
        const known = [...checks.keys()];
        throw new Error(
          `${path}.${key} is not known: ${didYouMean(key, known) || `the keys are ${known.join(", ")}`}`,
        );
      }
      check(part, `${path}.${key}`);
    }
    for (const [key, check] of checks) if (!Object.hasOwn(value, key)) check(undefined, `${path}.${key}`);
  }

  return (value, path) => {
    assertShape(value, path);
    return value;
  };
}

/** Accepts a list if the check accepts each item. */
export function list<T>(item: Check<T>): Check<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrong(value, path, "a list");
    // Unlike `forEach`, this finds the holes of a list, too.
    for (const [index, part] of value.entries()) item(part, `${path}[${index}]`);
    return value;
  };
}

/** Accepts undefined and every value that the check accepts. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, path) => (value === undefined ? undefined : check(value, path));
}

/** Accepts null and every value that the check accepts. */
export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

/** Accepts one of these words. The text of the error suggests a similar one. */
export function oneOf<Word extends string>(words: readonly Word[]): Check<Word> {
  return (value, path) => {
    const word = words.find((known) => known === value);
    if (word === undefined) throw notOneOf(words, value, path);
    return word;
  };
}

function notOneOf(words: readonly string[], value: unknown, path: string): Error {
  const hint = typeof value === "string" ? didYouMean(value, words) : "";
  return wrong(value, path, `one of ${words.join(", ")}${hint && ` (${hint})`}`);
}

/** Accepts an object by the check that its `kind` names. */
export function byKind<T extends { readonly kind: string }>(
  kinds: {
    readonly [Kind in T["kind"]]: Check<Extract<T, { readonly kind: Kind }>>;
  },
): Check<T> {
  const checks = new Map<unknown, Check<T>>(Object.entries<Check<T>>(kinds));
  return (value, path) => {
    if (typeof value !== "object" || value === null) throw wrong(value, path, "an object");
    const kind: unknown = Reflect.get(value, "kind");
    const check = checks.get(kind);
    if (check === undefined) throw notOneOf(Object.keys(kinds), kind, `${path}.kind`);
    return check(value, path);
  };
}

/** Accepts any object. */
export function anyObject<T extends object>(value: unknown, path: string): T {
  if (!is<T>(value, typeof value === "object" && value !== null)) throw wrong(value, path, "an object");
  return value;
}

/** Accepts a function. */
export function callback<T extends (...args: never[]) => unknown>(value: unknown, path: string): T {
  if (!is<T>(value, typeof value === "function")) throw wrong(value, path, "a function");
  return value;
}

/** Accepts a string that is not empty. */
export function text(value: unknown, path: string): string {
  if (typeof value !== "string" || value === "") throw wrong(value, path, "a string that is not empty");
  return value;
}

/** Accepts any string, including an empty one. */
export function anyText(value: unknown, path: string): string {
  if (typeof value !== "string") throw wrong(value, path, "a string");
  return value;
}

/** Accepts `true` and `false`. */
export function flag(value: unknown, path: string): boolean {
  if (typeof value !== "boolean") throw wrong(value, path, "true or false");
  return value;
}

/** Accepts a number. */
export function number(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(value, path, "a number");
  return value;
}

/** Accepts a number that is 0 or more. */
export function amount(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw wrong(value, path, "a number, 0 or more");
  return value;
}

/** Accepts a whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Check<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  return (value, path) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most)
      throw wrong(value, path, `a whole number, ${range}`);
    return value;
  };
}

/** Accepts a whole number, 0 or more. */
export const count = wholeNumber(0);

/** Accepts a UUID. */
export function uuid(value: unknown, path: string): string {
  if (typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return value;
  throw wrong(value, path, "a UUID");
}

/** Accepts a `Date`, or a date as an ISO 8601 string. */
export function instant(value: unknown, path: string): Date | string {
  if (typeof value !== "string" && !isDate(value)) {
    throw wrong(value, path, 'a date, such as "2026-01-31T12:00:00Z"');
  }
  within(path, () => toInstant(value));
  return value;
}

/** Accepts a point in time as a number: milliseconds since 1970, in the years 1 to 9999. */
export function time(value: unknown, path: string): number {
  if (typeof value === "number" && value >= firstInstant && value <= lastInstant) return value;
  throw wrong(value, path, "milliseconds since 1970");
}

/** Accepts a number of milliseconds, or a string such as `"25h"`. */
export function duration(value: unknown, path: string): Duration {
  if (typeof value !== "string" && typeof value !== "number") {
    throw wrong(value, path, 'a duration, such as "25h"');
  }
  within(path, () => toMs(value));
  return value;
}

/** Returns the error for a wrong value. `expected` describes a valid value. */
export function wrong(value: unknown, path: string, expected: string): Error {
  return new Error(
    value === undefined
      ? `${path} is missing: give ${expected}`
      : `${path} is ${show(value)}: give ${expected}`,
  );
}

/** Narrows a value to `T` for the compiler. Returns `fits`. */
function is<T>(_value: unknown, fits: boolean): _value is T {
  return fits;
}

function within(path: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    throw new RangeError(`${path}: ${messageOf(error)}`);
  }
}
