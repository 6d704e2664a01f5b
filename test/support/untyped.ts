/** Returns a value as any type, as a caller without TypeScript can pass it. */
export function untyped<T>(value: unknown): T;
export function untyped(value: unknown): unknown {
  return value;
}
