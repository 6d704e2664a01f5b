import type { CallOptions } from "./options.js";

/** One page of a list. */
export interface Page<T> {
  /** The page's items; a page may have none and not be the last. */
  readonly items: T[];
  /**
   * Where to go on after this page: give it as the option `cursor`, to the same method with the same arguments, now or
   * in another process. Undefined when there is nothing more. It is opaque: keep it as it is.
   */
  readonly cursor: string | undefined;
  /** How many items there are in all, where the API says so. It may change from page to page. */
  readonly total?: number | undefined;
}

/**
 * Options of every method that answers a `List`. What they say of calls
 * holds for each page's: with `timeoutMs: 5000` every page has five seconds.
 * The `signal` ends the whole list, also between two items.
 */
export interface ListOptions extends CallOptions {
  /** Items a page, as a wish: the API has its own default and ceiling, and some always answer the same. */
  readonly pageSize?: number | undefined;
  /** Where to begin: the `cursor` of a page, or of an error. Default: at the first item. Any `pageSize` may follow. */
  readonly cursor?: string | undefined;
  /** The most items to answer, over all pages. Default: all of them. 0 sends nothing. */
  readonly limit?: number | undefined;
  /**
   * Fetch the next page while this one is being consumed, and never more than that one. Default false: a page is
   * fetched when it is needed, so a loop that stops early has asked for nothing in vain.
   */
  readonly prefetch?: boolean | undefined;
}

/** Asks the API for one page; rejects when the signal aborts. `token` is the API's own, empty for the first page. */
export type FetchPage<T> = (request: {
  readonly token: string;
  readonly pageSize: number | undefined;
  readonly options: CallOptions;
}) => Promise<PageAnswer<T>>;

/** What the API answers to it. `nextToken` is empty on the last page. */
export interface PageAnswer<T> {
  readonly items: T[];
  readonly nextToken: string;
  readonly total?: number | undefined;
}
