import type { ApiPromise } from "../call/api-promise.js";
import type { CallOptions } from "../call/options.js";

/** One page of a list. */
export interface Page<T> {
  /** The page's items; a page may have none and not be the last. */
  readonly items: T[];
  /**
   * Where to go on after this page: pass it as the option `cursor` to the same method with the same arguments, now or in
   * another process. Left out after the last page. It is opaque: do not change it.
   */
  readonly cursor?: string;
  /** How many items there are in all. It may change from page to page. Left out if the API does not say it. */
  readonly total?: number;
}

/**
 * Options of every method that returns a `List`. Those of calls apply to each page: with `timeoutMs: 5000` every page has
 * five seconds. The `signal` ends the whole list, also between two items. If an option is wrong, the list fails when it is
 * used, and sends nothing.
 */
export interface ListOptions extends CallOptions {
  /** How many items to ask for per page, at least 1. The API has its own default and limit, and some ignore the number. */
  readonly pageSize?: number | undefined;
  /** Where to begin: the `cursor` of a page or of an error. Default: the first item. `pageSize` may differ from before. */
  readonly cursor?: string | undefined;
  /** The most items to return, over all pages. Default, and if it is Infinity: all of them. 0 sends nothing. */
  readonly limit?: number | undefined;
  /**
   * Fetch the next page while this one is being used, and never more than that one. Default false: a page is fetched when
   * it is needed, so a loop that stops early fetches no page that it does not use.
   */
  readonly prefetch?: boolean | undefined;
}

/** Asks the API for one page; rejects when the signal aborts. `token` is the API's own, empty for the first page. */
export type FetchPage<T> = (request: {
  readonly token: string;
  readonly pageSize: number | undefined;
  readonly options: CallOptions;
}) => Promise<FetchedPage<T>>;

/** One page from the API. `nextToken` is empty on the last page. */
export interface FetchedPage<T> {
  readonly items: T[];
  readonly nextToken: string;
  readonly total?: number | undefined;
  /** The call that got the page, for the list's `withResponse()`. */
  readonly call?: Pick<ApiPromise<unknown>, "withResponse"> | undefined;
}
