import type { Caller } from "../call/caller.js";
import type { Method } from "../call/method.js";
import { invalidArgument } from "../errors/invalid-argument.js";
import type { Json } from "../json/fields.js";
import { List, type ListOptions } from "./list.js";

/**
 * Creates a list for an API that returns everything in a single page. The parameters are the same as
 * for the {@link Caller}.
 */
export function listAll<Request extends object, T>(
  call: Caller,
  method: Method<Request>,
  request: () => Request,
  read: (body: Json) => T[],
  options: ListOptions | undefined,
): List<T> {
  return new List(async ({ token, options: callOptions }) => {
    // A single page has no token, so this cursor is from another list.
    if (token) throw invalidArgument("cursor", "must be a `cursor` of this list");
    const page = call(method, request, read, callOptions);
    return { items: await page, nextToken: "", call: page };
  }, options);
}
