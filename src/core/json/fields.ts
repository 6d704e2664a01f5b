/**
 * Readers for the fields of a JSON object, as ProtoJSON writes messages. They return the proto3 default for a field
 * that is missing or null, and throw a {@link FieldError} for a field of another type. Fields without a reader are
 * ignored.
 */
import { errorWithin, fail } from "./field-error.js";

/** A JSON object with unknown fields. */
export type Json = Readonly<Record<string, unknown>>;

/** Checks whether a value is a JSON object: not null, not a list. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns a response unchanged. Its type is not checked at run time. */
export function asIs<Response>(body: Json): Response;
export function asIs(body: Json): Json {
  return body;
}

/** Reads nothing: a method that returns no data ignores the response. */
export function nothing(): void {}

/** Reads one field. */
export type Reader<T> = (from: Json, field: string) => T;

/**
 * Reads a field that may be missing. Returns an object to spread into the model: empty if the field is missing.
 *
 * @example `{ id: requiredString(json, "id"), ...optional(json, "expiresAt", date) }`
 */
export function optional<Field extends string, T>(
  from: Json,
  field: Field,
  read: Reader<T>,
): { readonly [F in Field]?: T };
export function optional(from: Json, field: string, read: Reader<unknown>): object {
  const value = from[field] == null ? undefined : read(from, field);
  return value === undefined ? {} : { [field]: value };
}

/** Reads a string; empty if it is missing. */
export function string(from: Json, field: string): string {
  const value = from[field];
  if (typeof value === "string") return value;
  return value == null ? "" : fail(field, "a string", value);
}

/** Reads a string that the API always sends, such as an id, a token or a URL. It must not be missing or empty. */
export function requiredString(from: Json, field: string): string {
  return string(from, field) || fail(field, "a string that is not empty", from[field]);
}

/** Reads a boolean; false if it is missing. */
export function bool(from: Json, field: string): boolean {
  const value = from[field];
  if (typeof value === "boolean") return value;
  return value == null ? false : fail(field, "true or false", value);
}

/** Reads a message that the API always sends. */
export function object<T>(from: Json, field: string, read: (value: Json) => T): T {
  const value = from[field];
  if (!isRecord(value)) return fail(field, "an object", value);
  try {
    return read(value);
  } catch (error) {
    throw errorWithin(field, error);
  }
}

/** Returns {@link object} as a {@link Reader}, for {@link optional}. */
export function objectOf<T>(read: (value: Json) => T): Reader<T> {
  return (from, field) => object(from, field, read);
}

/** Reads a message; undefined if it is missing. */
export function optionalObject<T>(from: Json, field: string, read: (value: Json) => T): T | undefined {
  return from[field] == null ? undefined : object(from, field, read);
}

/** Reads a list of messages; empty if it is missing. */
export function list<T>(from: Json, field: string, read: (item: Json) => T): T[] {
  const items: unknown = from[field] ?? [];
  if (!Array.isArray(items)) return fail(field, "a list", items);
  const result: T[] = new Array(items.length);
  let index = 0;
  try {
    for (; index < items.length; index++) {
      const item: unknown = items[index];
      result[index] = isRecord(item) ? read(item) : fail("", "an object", item);
    }
  } catch (error) {
    // The path is added while the error passes, so a response without errors has no cost.
    throw errorWithin(`${field}[${index}]`, error);
  }
  return result;
}

/** Reads a list of strings; empty if it is missing. */
export function strings(from: Json, field: string): string[] {
  return scalars(from, field, "a string", (item) => typeof item === "string");
}

/** Reads a list of booleans; empty if it is missing. */
export function bools(from: Json, field: string): boolean[] {
  return scalars(from, field, "true or false", (item) => typeof item === "boolean");
}

function scalars<T>(from: Json, field: string, expected: string, isValid: (item: unknown) => item is T): T[] {
  const items: unknown = from[field] ?? [];
  if (!Array.isArray(items)) return fail(field, "a list", items);
  return items.map((item: unknown, index) =>
    isValid(item) ? item : fail(`${field}[${index}]`, expected, item),
  );
}
