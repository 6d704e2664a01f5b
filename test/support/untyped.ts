/** A value as a caller without TypeScript may pass it. */
export function untyped<T>(value: unknown): T;
export function untyped(value: unknown): unknown {
  return value;
}
