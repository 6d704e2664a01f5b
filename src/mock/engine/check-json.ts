import { didYouMean } from "./did-you-mean.js";
import { toMs } from "./time/duration.js";
import { isDate, toInstant } from "./time/instant.js";

/** Looks at a part of some JSON. @throws Error that begins with the path to what is wrong. */
export type Check = (value: unknown, path: string) => void;

/** A check for every key of `T`, so that none is forgotten. */
export type Shape<T> = { readonly [Key in keyof T]-?: Check };

/** Accepts an object whose keys are all known, each by its own check. */
export function object<T>(shape: Shape<T>): Check {
  const checks = new Map(Object.entries<Check>({ ...shape }));
  return (value, path) => {
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
      check(part, `${path}.${key}`);
    }
    for (const [key, check] of checks) if (!Object.hasOwn(value, key)) check(undefined, `${path}.${key}`);
  };
}

/** Accepts a list, each of whose items the check accepts. */
export function list(item: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrong(value, path, "a list");
    value.forEach((part, index) => {
      item(part, `${path}[${index}]`);
    });
  };
}

/** Accepts what the check accepts, and nothing at all. */
export function optional(check: Check): Check {
  return (value, path) => {
    if (value !== undefined) check(value, path);
  };
}

/** Accepts one of a few words. */
export function oneOf<Word extends string>(words: Iterable<Word>): Check {
  const known: string[] = [...words];
  return (value, path) => {
    if (typeof value !== "string") throw wrong(value, path, `one of ${known.join(", ")}`);
    if (known.includes(value)) return;
    const meant = didYouMean(value, known);
    throw wrong(value, path, `one of ${known.join(", ")}${meant && ` (${meant})`}`);
  };
}

/** Accepts a text that is not empty. */
export const text: Check = (value, path) => {
  if (typeof value !== "string" || value === "") throw wrong(value, path, "a text");
};

/** Accepts any text, an empty one too. */
export const anyText: Check = (value, path) => {
  if (typeof value !== "string") throw wrong(value, path, "a text");
};

/** Accepts what the check accepts, and null. */
export function nullable(check: Check): Check {
  return (value, path) => {
    if (value !== null) check(value, path);
  };
}

/** Accepts an object by the check that its `kind` names. */
export function byKind(kinds: Readonly<Record<string, Check>>): Check {
  const isKind = oneOf(Object.keys(kinds));
  return (value, path) => {
    if (typeof value !== "object" || value === null) throw wrong(value, path, "an object");
    const kind: unknown = Reflect.get(value, "kind");
    isKind(kind, `${path}.kind`);
    kinds[String(kind)]?.(value, path);
  };
}

/** Accepts true and false. */
export const flag: Check = (value, path) => {
  if (typeof value !== "boolean") throw wrong(value, path, "true or false");
};

/** Accepts a whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  return (value, path) => {
    if (!Number.isSafeInteger(value) || Number(value) < least || Number(value) > most)
      throw wrong(value, path, `a whole number, ${range}`);
  };
}

/** Accepts a whole number, 0 or more. */
export const count = wholeNumber(0);

/** Accepts a function. */
export const callback: Check = (value, path) => {
  if (typeof value !== "function") throw wrong(value, path, "a function");
};

/** Accepts a number. */
export const number: Check = (value, path) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(value, path, "a number");
};

/** Accepts a UUID. */
export const uuid: Check = (value, path) => {
  if (typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return;
  throw wrong(value, path, "a UUID");
};

/** Accepts a `Date` or the text of one. */
export const instant: Check = (value, path) => {
  if (typeof value === "string" || isDate(value)) return within(path, () => toInstant(value));
  throw wrong(value, path, 'a date, such as "2026-01-31T12:00:00Z"');
};

/** Accepts milliseconds, or a text such as `"25h"`. */
export const duration: Check = (value, path) => {
  if (typeof value === "string" || typeof value === "number") return within(path, () => toMs(value));
  throw wrong(value, path, 'a duration, such as "25h"');
};

/** The error for a value that is not what it should be. */
export function wrong(value: unknown, path: string, expected: string): Error {
  return new Error(
    value === undefined
      ? `${path} is missing: give ${expected}`
      : `${path} is ${show(value)}: give ${expected}`,
  );
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
