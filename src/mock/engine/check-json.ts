import { didYouMean } from "./did-you-mean.js";
import { type Duration, toMs } from "./time/duration.js";
import { isDate, toInstant } from "./time/instant.js";

/** Checks a value, such as one from JSON. @throws Error if it is not a `T`. The text begins with the path to what is wrong. */
export type Check<T> = (value: unknown, path: string) => asserts value is T;

/** A check for every key of `T`. */
export type Shape<T> = { readonly [Key in keyof T]-?: Check<T[Key]> };

/** Accepts an object whose keys are all known, each by its own check. */
export function object<T>(shape: Shape<NoInfer<T>>): Check<T> {
  const checks = new Map(Object.entries<Check<unknown>>({ ...shape }));
  return (value: unknown, path: string): asserts value is T => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrong(value, path, "an object");
    for (const [key, part] of Object.entries(value)) {
      const check = checks.get(key);
      if (check === undefined) {
        const known = [...checks.keys()];
        throw new Error(
          `${path}.${key} is not known: ${didYouMean(key, known) || `there is ${known.join(", ")}`}`,
        );
      }
      run(check, part, `${path}.${key}`);
    }
    for (const [key, check] of checks)
      if (!Object.hasOwn(value, key)) run(check, undefined, `${path}.${key}`);
  };
}

/** Accepts any object. */
export function anyObject<T extends object>(value: unknown, path: string): asserts value is T {
  if (typeof value !== "object" || value === null) throw wrong(value, path, "an object");
}

/** Accepts a list, each of whose items the check accepts. */
export function list<T>(item: Check<T>): Check<T[]> {
  return (value: unknown, path: string): asserts value is T[] => {
    if (!Array.isArray(value)) throw wrong(value, path, "a list");
    value.forEach((part, index) => {
      item(part, `${path}[${index}]`);
    });
  };
}

/** Accepts what the check accepts, and undefined. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value: unknown, path: string): asserts value is T | undefined => {
    if (value !== undefined) check(value, path);
  };
}

/** Accepts what the check accepts, and null. */
export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value: unknown, path: string): asserts value is T | null => {
    if (value !== null) check(value, path);
  };
}

/** Accepts one of a few words. */
export function oneOf<Word extends string>(words: Iterable<Word>): Check<Word> {
  const known: string[] = [...words];
  return (value: unknown, path: string): asserts value is Word => {
    if (typeof value !== "string") throw wrong(value, path, `one of ${known.join(", ")}`);
    if (known.includes(value)) return;
    const hint = didYouMean(value, known);
    throw wrong(value, path, `one of ${known.join(", ")}${hint && ` (${hint})`}`);
  };
}

/** Accepts an object by the check that its `kind` names. */
export function byKind<T extends { readonly kind: string }>(
  kinds: {
    readonly [Kind in NoInfer<T>["kind"]]: Check<Extract<NoInfer<T>, { readonly kind: Kind }>>;
  },
): Check<T> {
  const checks = new Map(Object.entries<Check<unknown>>(kinds));
  const isKind: Check<string> = oneOf(checks.keys());
  return (value: unknown, path: string): asserts value is T => {
    anyObject(value, path);
    const kind: unknown = Reflect.get(value, "kind");
    isKind(kind, `${path}.kind`);
    checks.get(kind)?.(value, path);
  };
}

/** Accepts a text that is not empty. */
export function text(value: unknown, path: string): asserts value is string {
  if (typeof value !== "string" || value === "") throw wrong(value, path, "a text");
}

/** Accepts any text, an empty one too. */
export function anyText(value: unknown, path: string): asserts value is string {
  if (typeof value !== "string") throw wrong(value, path, "a text");
}

/** Accepts true and false. */
export function flag(value: unknown, path: string): asserts value is boolean {
  if (typeof value !== "boolean") throw wrong(value, path, "true or false");
}

/** Accepts a number. */
export function number(value: unknown, path: string): asserts value is number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(value, path, "a number");
}

/** Accepts a whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Check<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  return (value: unknown, path: string): asserts value is number => {
    if (!Number.isSafeInteger(value) || Number(value) < least || Number(value) > most)
      throw wrong(value, path, `a whole number, ${range}`);
  };
}

/** Accepts a whole number, 0 or more. */
export const count = wholeNumber(0);

/** Accepts a function. */
export function callback<T extends (...args: never[]) => unknown>(
  value: unknown,
  path: string,
): asserts value is T {
  if (typeof value !== "function") throw wrong(value, path, "a function");
}

/** Accepts a UUID. */
export function uuid(value: unknown, path: string): asserts value is string {
  if (typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return;
  throw wrong(value, path, "a UUID");
}

/** Accepts a `Date` or the text of one. */
export function instant(value: unknown, path: string): asserts value is Date | string {
  if (typeof value === "string" || isDate(value)) return within(path, () => toInstant(value));
  throw wrong(value, path, 'a date, such as "2026-01-31T12:00:00Z"');
}

/** Accepts milliseconds, or a text such as `"25h"`. */
export function duration(value: unknown, path: string): asserts value is Duration {
  if (typeof value === "string" || typeof value === "number") return within(path, () => toMs(value));
  throw wrong(value, path, 'a duration, such as "25h"');
}

/** The error for a value that is not what it should be. */
export function wrong(value: unknown, path: string, expected: string): Error {
  return new Error(
    value === undefined
      ? `${path} is missing: give ${expected}`
      : `${path} is ${show(value)}: give ${expected}`,
  );
}

function run(check: Check<unknown>, value: unknown, path: string): void {
  check(value, path);
}

function within(path: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    throw new RangeError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}
