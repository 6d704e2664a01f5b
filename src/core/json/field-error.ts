/** A field of a response that cannot be read. A call converts it to an `UnexpectedResponseError`. */
export class FieldError extends Error {
  /** The path from the response down, such as `accounts[2].name`. Each outer field adds its name to it. */
  path: string;

  /** @param problem - the problem of the field, such as "is missing". */
  constructor(path: string, problem: string) {
    super(problem);
    this.path = path;
  }
}

/** Puts the outer field before an error's path, and returns the error. Other errors are returned as they are. */
export function errorWithin(outer: string, error: unknown): unknown {
  if (error instanceof FieldError) error.path = error.path ? `${outer}.${error.path}` : outer;
  return error;
}

/** Whether fields that cannot be read are left out. True only while {@link readRest} runs, which is synchronous. */
let skipping = false;

/**
 * Reads as much of a broken response as can be read: every field that fails is undefined.
 *
 * @returns the result of `read`; undefined if nothing can be read.
 */
export function readRest<T>(read: () => T): T | undefined {
  skipping = true;
  try {
    const rest = read();
    return JSON.stringify(rest) === "{}" ? undefined : rest;
  } catch {
    return undefined;
  } finally {
    skipping = false;
  }
}

/**
 * Reports a field that cannot be read. Returns undefined while {@link readRest} runs. Its type is `never`, so that the
 * readers have the types of a complete response.
 *
 * @param expected - the right type, such as "a string".
 * @throws FieldError with the type of the value, never with the value itself: it may be a secret.
 */
export function fail(field: string, expected: string, value: unknown): never;
export function fail(field: string, expected: string, value: unknown): unknown {
  if (skipping) return undefined;
  const found = Array.isArray(value) ? "list" : typeof value;
  throw new FieldError(field, value == null ? "is missing" : `must be ${expected}, not this ${found}`);
}
