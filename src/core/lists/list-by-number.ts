import type { Caller } from "../call/caller.js";
import type { Method } from "../call/method.js";
import { UnexpectedResponseError } from "../errors/errors.js";
import { invalidArgument } from "../errors/invalid-argument.js";
import type { Json } from "../json/fields.js";
import { List } from "./list.js";
import type { ListOptions } from "./page.js";

/** A page of an API that numbers its pages from 1. Numbers that the API leaves out are 0. */
export interface NumberedPage<T> {
  readonly items: T[];
  /** The number of items on a full page. */
  readonly perPage: number;
  /** The number of items on all pages; 0 if the server does not count them. */
  readonly total: number;
}

/**
 * Creates a list for an API with numbered pages. It ends when it has as many items as the server counts. A page's token
 * contains everything that the list needs to continue: the page's number, the number of items before it, and the mark
 * of the page before it.
 *
 * The page number in a response is ignored, because some servers always send 1.
 */
export function listByNumber<Request extends object, T>(
  call: Caller,
  method: Method<Request>,
  request: (page: number) => Request,
  read: (body: Json) => NumberedPage<T>,
  options: ListOptions | undefined,
): List<T> {
  return new List(async ({ token, options: callOptions }) => {
    const { number, before, lastMark } = parseToken(token);
    const page = call(method, () => request(number), read, callOptions);
    const { items, perPage, total } = await page;
    const mark = markOf(items);
    // Some servers return the last page for every number after it. Some ignore the number.
    const repeats = items.length > 0 && mark === lastMark;
    const seen = repeats ? before : before + items.length;
    const mayHaveMore = items.length > 0 ? total === 0 || seen < total : number * perPage < total;
    const about = { total: total === 0 && seen > 0 ? undefined : total, call: page };
    if (mayHaveMore && !repeats) return { items, nextToken: `${number + 1}-${seen}-${mark}`, ...about };
    if (seen >= total) return { items: repeats ? [] : items, nextToken: "", ...about };
    const end = repeats ? "the same page again" : "an empty page";
    throw new UnexpectedResponseError(
      `The list is not complete: the server counts ${total} items, but sent ${seen} and then ${end}.`,
    );
  }, options);
}

function parseToken(token: string): { number: number; before: number; lastMark: string } {
  if (token === "") return { number: 1, before: 0, lastMark: "" };
  const [, number, before, lastMark] = /^([1-9]\d{0,8})-(\d{1,15})-([a-z\d]+)$/.exec(token) ?? [];
  if (number && before && lastMark) return { number: Number(number), before: Number(before), lastMark };
  throw invalidArgument("cursor", "must be a `cursor` of this list");
}

/** Returns a short string that differs from page to page: the hash of the page's first and last item. */
function markOf(items: readonly unknown[]): string {
  const text = JSON.stringify([items[0], items.at(-1)]);
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return (hash >>> 0).toString(36);
}
