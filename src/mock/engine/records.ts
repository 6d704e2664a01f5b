/** Returns the keys of a record, with their type. */
export function keysOf<Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] {
  const keys: Name[] = [];
  for (const key in record) keys.push(key);
  return keys;
}

/** Returns a record with the same keys. Each value is the result of `map`. */
export function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
