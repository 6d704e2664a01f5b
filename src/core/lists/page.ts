import type { ApiPromise } from "../call/api-promise.js";
import type { CallOptions } from "../call/options.js";

/** One page of a list. */
export interface Page<T> {
  /** The page's items. A page may have no items and still not be the last one. */
  readonly items: T[];
  /**
   * The position after this page. Pass it as the option `cursor` to the same method with the same arguments, now or in
   * another process. Left out on the last page. Do not change it: its format is internal.
   */
  readonly cursor?: string;
  /** The total number of items. It may change from page to page. Left out if the API does not return it. */
  readonly total?: number;
}

/**
 * The options of every method that returns a `List`. The options of calls apply to each page: with `timeoutMs: 5000`,
 * every page has five seconds. The `signal` ends the whole list, even between two items. If an option is wrong, the
 * list fails when it is used, and sends nothing.
 */
export interface ListOptions extends CallOptions {
  /**
   * The number of items to request per page, at least 1. Each API has its own default and limit. Some ignore the
   * number.
   */
  readonly pageSize?: number | undefined;
  /**
   * The position to begin at: the `cursor` of a page or of an error. Default: the first item. `pageSize` may differ
   * from before.
   */
  readonly cursor?: string | undefined;
  /**
   * The largest number of items to return, over all pages. Default: all of them. Infinity means the same. With 0, the list
   * sends nothing.
   */
  readonly limit?: number | undefined;
  /**
   * Fetches the next page while a loop uses this one, and no further page. Default false: a page is fetched when it is
   * needed, so a loop that stops early fetches no unused page. It has an effect on loops only: `toArray()` fetches one
   * page after the other.
   */
  readonly prefetch?: boolean | undefined;
}

/**
 * Requests one page from the API. Rejects when the signal aborts. `token` is the API's page token, empty for the first
 * page.
 */
export type FetchPage<T> = (request: {
  /** The `nextToken` of the page before. Empty for the first page. */
  readonly token: string;
  /** The list's option `pageSize`. */
  readonly pageSize: number | undefined;
  /** The options for the call. */
  readonly options: CallOptions;
}) => Promise<FetchedPage<T>>;

/** One page from the API. `nextToken` is empty on the last page. */
export interface FetchedPage<T> {
  /** The page's items. */
  readonly items: T[];
  /** The token to request the next page with. Empty on the last page. */
  readonly nextToken: string;
  /** The total number of items, if the API returns it. */
  readonly total?: number | undefined;
  /** The call that fetched the page, for the list's `withResponse()`. */
  readonly call?: Pick<ApiPromise<unknown>, "withResponse"> | undefined;
}
