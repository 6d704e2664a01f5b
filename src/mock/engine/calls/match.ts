/** A matcher of a test runner, such as `expect.any(String)`. */
export interface AsymmetricMatcher {
  /** Checks whether a value matches. */
  asymmetricMatch(actual: unknown): boolean;
}

/** A part of an expected value. Of an object, only the given fields are compared. Of a list, every item is compared. */
export type PartOf<Value> =
  | AsymmetricMatcher
  | (Value extends string | number | bigint | boolean | symbol | null | undefined | Uint8Array
      ? Value
      : Value extends readonly (infer Item)[]
        ? readonly PartOf<Item>[]
        : FieldsOf<Value>);

/** Some fields of a message, without the fields that protobuf adds. */
export type FieldsOf<Value> = Value extends unknown
  ? { readonly [Key in keyof Value as Key extends `$${string}` ? never : Key]?: PartOf<Value[Key]> }
  : never;

/** A difference between two values. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Returns the differences between `actual` and `expected`. Empty if `actual` matches. */
export function differences(expected: unknown, actual: unknown, path = ""): Difference[] {
  const differs = [{ path, expected, actual }];
  if (isMatcher(expected)) return expected.asymmetricMatch(actual) ? [] : differs;
  if (Object.is(expected, actual)) return [];
  if (!isObject(expected) || !isObject(actual)) return differs;
  if (Array.isArray(expected) || ArrayBuffer.isView(expected)) {
    if (!isSameList(expected, actual)) return differs;
  }
  return Object.entries(expected).flatMap(([key, part]) =>
    differences(part, Reflect.get(actual, key), path === "" ? key : `${path}.${key}`),
  );
}

/** Returns the parts of `actual` that are also in `expected`. A test runner shows them side by side. */
export function project(expected: unknown, actual: unknown): unknown {
  if (!isObject(expected) || !isObject(actual) || isMatcher(expected) || Array.isArray(expected)) {
    return plain(actual);
  }
  return Object.fromEntries(
    Object.entries(expected).map(([key, part]) => [key, project(part, Reflect.get(actual, key))]),
  );
}

/** Returns a value without what protobuf adds to messages. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value) || isMatcher(value) || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key.startsWith("$") ? [] : [[key, plain(part)]])),
  );
}

/** Returns a value as text, on one line. */
export function inline(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value);
  if (isMatcher(value)) return describe(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isObject(value) || isRegExp(value)) return String(value);
  const fields = Object.entries(value).filter(([key]) => !key.startsWith("$"));
  return fields.length === 0
    ? "{}"
    : `{ ${fields.map(([key, part]) => `${key}: ${inline(part)}`).join(", ")} }`;
}

function describe(matcher: AsymmetricMatcher): string {
  const text: unknown = Reflect.get(matcher, "toAsymmetricMatcher");
  if (typeof text === "function") return String(text.call(matcher));
  // Most matchers of vitest and Jest are named `StringMatching`, and have their argument in `sample`.
  const sample: unknown = Reflect.get(matcher, "sample");
  return sample === undefined ? String(matcher) : `${matcher} ${inline(sample)}`;
}

function isRegExp(value: object): boolean {
  // A test runner may have another RegExp class.
  return Object.prototype.toString.call(value) === "[object RegExp]";
}

function isSameList(expected: object, actual: object): boolean {
  return (
    Array.isArray(expected) === Array.isArray(actual) &&
    Reflect.get(expected, "length") === Reflect.get(actual, "length")
  );
}

/** Checks whether a value is an object or a list. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Checks whether a value is a matcher of a test runner. */
export function isMatcher(value: unknown): value is AsymmetricMatcher {
  return isObject(value) && typeof Reflect.get(value, "asymmetricMatch") === "function";
}
