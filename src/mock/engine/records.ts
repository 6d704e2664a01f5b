/** Returns the keys of a record, with their type. */
export function keysOf<Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] {
  const keys: Name[] = [];
  for (const key in record) keys.push(key);
  return keys;
}

/** Some fields of `T`. Undefined means that a field is left out. */
export type Given<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** Returns the defaults, with the given values in place of some. A value that is undefined changes nothing. */
export function withDefaults<T extends object>(defaults: T, given: Given<T>): T {
  const filled = { ...defaults };
  for (const key in filled) {
    const value = given[key];
    if (value !== undefined) filled[key] = value;
  }
  return filled;
}

/** Returns a record with the same keys. Each value is the result of `map`. */
export function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
