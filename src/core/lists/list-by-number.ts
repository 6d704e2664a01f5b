import type { CallOptions } from "../call/options.js";
import { invalidArgument } from "../errors/invalid-argument.js";
import { List } from "./list.js";
import type { ListOptions } from "./page.js";

/** A page of an API that numbers its pages from 1. A number that it leaves out is 0. */
export interface NumberedPage<T> {
  readonly items: T[];
  /** Which page this is. */
  readonly page: number;
  /** How many items a full page has. */
  readonly perPage: number;
  /** How many items there are on all pages. */
  readonly total: number;
}

/** A list of an API whose pages have numbers. The number is the page's token, so cursors are the same as everywhere. */
export function listByNumber<T>(
  fetchPage: (page: number, options: CallOptions) => Promise<NumberedPage<T>>,
  options: ListOptions | undefined,
): List<T> {
  return new List(async ({ token, options: callOptions }) => {
    const page = toPageNumber(token);
    const answer = await fetchPage(page, callOptions);
    const { total } = answer;
    // Some servers return their last page for every number after it. Those items have been returned already.
    if (answer.page > 0 && answer.page < page) return { items: [], nextToken: "", total };
    return { items: answer.items, nextToken: hasMore(page, answer) ? String(page + 1) : "", total };
  }, options);
}

/**
 * Whether a page comes after this one. The response's numbers say so. If they contradict what came (items that were added
 * or removed meanwhile, a server that does not count), an empty page is the end.
 */
function hasMore(page: number, { items, page: answered, perPage, total }: NumberedPage<unknown>): boolean {
  if (perPage > 0 && page * perPage < total) return true;
  // A response without its own number does not show that the server looks at the number at all.
  if (items.length === 0 || answered !== page) return false;
  const counts = perPage > 0 || page === 1;
  return !counts || (page - 1) * perPage + items.length !== total;
}

function toPageNumber(token: string): number {
  if (token === "") return 1;
  if (/^[1-9]\d{0,8}$/.test(token)) return Number(token);
  throw invalidArgument("cursor", "must be a `cursor` of this list");
}
