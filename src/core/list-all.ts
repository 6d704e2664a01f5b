import { invalid } from "./convert.js";
import { List, type ListOptions } from "./list.js";
import type { CallOptions } from "./options.js";

/** A list of an API that answers everything at once: a single page. */
export function listAll<T>(
  fetchAll: (options: CallOptions) => Promise<T[]>,
  options: ListOptions | undefined,
): List<T> {
  return new List(async ({ token, options: callOptions }) => {
    // A single page has no token, so that this is a place in something else.
    if (token) throw invalid("cursor", "must be of this list, not of another");
    return { items: await fetchAll(callOptions), nextToken: "" };
  }, options);
}
