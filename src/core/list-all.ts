import { List, type ListOptions } from "./list.js";
import type { CallOptions } from "./options.js";

/** A list of an API that answers everything at once: a single page. */
export function listAll<T>(
  fetchAll: (options: CallOptions) => Promise<T[]>,
  options: ListOptions | undefined,
): List<T> {
  return new List(async (request) => ({ items: await fetchAll(request.options), nextToken: "" }), options);
}
