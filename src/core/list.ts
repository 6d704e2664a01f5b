import type { CallOptions } from "./options.js";
import { type FetchPage, walk } from "./walk.js";

/** One page of a list. */
export interface Page<T> {
  readonly items: T[];
  /** Where the next page begins: give it as `cursor` to go on, also in another process. Undefined on the last page. */
  readonly cursor: string | undefined;
  /** How many items there are in all, where the API says so. It may change from page to page. */
  readonly total?: number | undefined;
}

/** Options of every method that answers a {@link List}. */
export interface ListOptions extends CallOptions {
  /** Items a page, as a wish: the API has its own default and ceiling, and some always answer the same. */
  readonly pageSize?: number | undefined;
  /** Where to begin: the `cursor` of a page, or of an error. Default: at the first item. */
  readonly cursor?: string | undefined;
  /** The most items to answer, over all pages. Default: all of them. */
  readonly limit?: number | undefined;
  /** Fetch the next page while this one is being consumed. Default false: pages are fetched when they are needed. */
  readonly prefetch?: boolean | undefined;
}

/**
 * A list that an API may give out in pages. Nothing is sent until it is used:
 *
 * ```ts
 * for await (const member of client.members.list(accountId)) …  // every item, page after page
 * const { items, cursor } = await client.members.list(accountId);  // the first page
 * for await (const page of list.pages()) …                         // page by page
 * const everyone = await list.toArray({ limit: 1000 });
 * const one = await list.first();
 * ```
 *
 * Each use begins anew, and two may run at once. Leaving a loop cancels what
 * is in flight. An error that is thrown midway has a `cursor` to go on from.
 */
export class List<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #fetchPage: FetchPage<T>;
  readonly #options: ListOptions;
  #firstPage: Promise<Page<T>> | undefined;

  constructor(fetchPage: FetchPage<T>, options: ListOptions = {}) {
    this.#fetchPage = fetchPage;
    this.#options = { ...options };
  }

  /** Awaiting a list answers its first page, fetched once however often it is awaited. */
  // biome-ignore lint/suspicious/noThenProperty: a list is awaited for its first page
  then<A = Page<T>, B = never>(
    onPage?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#firstPage ??= this.#fetchFirstPage();
    return this.#firstPage.then(onPage, onError);
  }

  /**
   * Every item, in order.
   *
   * @throws ApiError with the `cursor` of the item after the last one that came out.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const { page, interrupted } of walk(this.#fetchPage, this.#options)) {
      for (const [index, item] of page.items.entries()) {
        const error = interrupted(index);
        if (error) throw error;
        yield item;
      }
    }
  }

  /**
   * Every page, in order, empty ones too. With a `limit` the last one is cut to it, and its `cursor` goes on after the cut.
   *
   * @throws ApiError with the `cursor` of the page that failed.
   */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    for await (const { page } of walk(this.#fetchPage, this.#options)) yield page;
  }

  /**
   * All items, or the first `limit` of them, as an array.
   *
   * @param options.limit - the most items to answer; where the list has a limit of its own, the smaller one counts.
   */
  async toArray(options: { limit?: number | undefined } = {}): Promise<T[]> {
    const { limit = Number.POSITIVE_INFINITY } = options;
    const items: T[] = [];
    const own = { ...this.#options, limit: Math.min(limit, this.#options.limit ?? limit) };
    for await (const { page } of walk(this.#fetchPage, own)) for (const item of page.items) items.push(item);
    return items;
  }

  /** The first item; undefined where there is none. */
  async first(): Promise<T | undefined> {
    const [item] = await this.toArray({ limit: 1 });
    return item;
  }

  async #fetchFirstPage(): Promise<Page<T>> {
    for await (const { page } of walk(this.#fetchPage, { ...this.#options, prefetch: false })) return page;
    return { items: [], cursor: this.#options.cursor };
  }
}
