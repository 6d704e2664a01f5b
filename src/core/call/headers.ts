import { invalidArgument } from "../errors/invalid-argument.js";
import type { HeaderRecord } from "./call.js";

/**
 * Returns headers by their lower-case names. Returns undefined for undefined. The platform's error for a bad header
 * contains the value, which may be a secret; this error does not. The platform would send undefined and null as words,
 * so they are errors.
 *
 * @throws InvalidArgumentError if a name or a value cannot be sent.
 */
export function toHeaderRecord(init: RequestInit["headers"] | undefined): HeaderRecord | undefined {
  try {
    if (init === undefined) return undefined;
    // `flat`, because a list contains pairs of a name and a value.
    const isComplete = !Object.values(init)
      .flat()
      .some((value) => value == null);
    if (isComplete) return Object.fromEntries(new Headers(init));
  } catch {}
  throw invalidArgument("headers", "has an invalid name or value");
}
