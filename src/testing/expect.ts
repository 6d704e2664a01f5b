/** Fails a check. @throws Error with the text if the condition does not hold. */
export function expect(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Error(text);
}

/** @throws Error if two values differ as JSON. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what} must be ${should}, and is ${is}`);
}
