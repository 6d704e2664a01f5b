/** What a test runner's `expect.any(String)` and its like are. */
export interface AsymmetricMatcher {
  /** Whether a value is one of those that it stands for. */
  asymmetricMatch(actual: unknown): boolean;
}

type Plain = string | number | bigint | boolean | symbol | null | undefined | Uint8Array;

/** A part of what is expected: of objects only the fields that are named count, of lists every item does. */
export type PartOf<Value> =
  | AsymmetricMatcher
  | (Value extends Plain
      ? Value
      : Value extends readonly (infer Item)[]
        ? readonly PartOf<Item>[]
        : FieldsOf<Value>);

/** A part of a message, without what protobuf adds to it. */
export type FieldsOf<Value> = Value extends unknown
  ? { readonly [Key in keyof Value as Key extends `$${string}` ? never : Key]?: PartOf<Value[Key]> }
  : never;

/** Where two values differ. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Where `actual` is not what `expected` says; nothing where it is. */
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

/** The parts of `actual` that `expected` speaks of: so that what is shown beside each other differs where it matters. */
export function project(expected: unknown, actual: unknown): unknown {
  if (!isObject(expected) || !isObject(actual) || isMatcher(expected) || Array.isArray(expected)) {
    return plain(actual);
  }
  return Object.fromEntries(
    Object.entries(expected).map(([key, part]) => [key, project(part, Reflect.get(actual, key))]),
  );
}

/** A value without what protobuf adds to messages. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value) || isMatcher(value) || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key.startsWith("$") ? [] : [[key, plain(part)]])),
  );
}

/** A value as it is shown in a text, on one line. */
export function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value);
  if (isMatcher(value)) return describe(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (!isObject(value)) return String(value);
  const fields = Object.entries(value).filter(([key]) => !key.startsWith("$"));
  return fields.length === 0
    ? "{}"
    : `{ ${fields.map(([key, part]) => `${key}: ${show(part)}`).join(", ")} }`;
}

function describe(matcher: AsymmetricMatcher): string {
  const text: unknown = Reflect.get(matcher, "toAsymmetricMatcher");
  return typeof text === "function" ? String(text.call(matcher)) : String(matcher);
}

function isSameList(expected: object, actual: object): boolean {
  return (
    Array.isArray(expected) === Array.isArray(actual) &&
    Reflect.get(expected, "length") === Reflect.get(actual, "length")
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isMatcher(value: unknown): value is AsymmetricMatcher {
  return isObject(value) && typeof Reflect.get(value, "asymmetricMatch") === "function";
}
