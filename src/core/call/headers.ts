import { invalidArgument } from "../errors/invalid-argument.js";
import type { HeaderRecord } from "./call.js";

/**
 * Headers by their lower-case names. Undefined if there are none. The platform's error for a bad header contains the value,
 * which may be a secret; ours does not. A value that is undefined or null is an error: the platform would send it as a word.
 *
 * @throws InvalidArgumentError if a name or a value cannot be sent.
 */
export function toHeaderRecord(init: HeadersInit | undefined): HeaderRecord | undefined {
  try {
    if (init === undefined) return undefined;
    if (!Object.values(init).some((value) => value == null)) return Object.fromEntries(new Headers(init));
  } catch {}
  throw invalidArgument("headers", "has a value that cannot be sent in a header");
}
