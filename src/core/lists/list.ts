import type { ApiResponse } from "../call/api-promise.js";
import { checkOptions, copyOptions, type OptionChecks } from "../checks/check-options.js";
import { callChecks } from "../checks/option-checks.js";
import { invalidArgument } from "../errors/invalid-argument.js";
import { showAs } from "../inspect.js";
import { toCursor } from "./cursor.js";
import type { FetchedPage, FetchPage, ListOptions, Page } from "./page.js";
import { iterate, type ListSource, paginate } from "./paginate.js";

export type { ListOptions, Page } from "./page.js";

/**
 * A list that an API may return in pages. It sends nothing until it is used:
 *
 * ```ts
 * const list = client.members.list(accountId);
 *
 * for await (const member of list) console.log(member.email); // every item, page after page
 * for await (const page of list.pages()) console.log(page.total); // page by page
 * const everyone = await list.toArray({ limit: 1000 });
 * const one = await list.first();
 * const { items, cursor } = await list; // the first page
 * ```
 *
 * Each use starts at the beginning, and several may run at once. Leaving a loop cancels the request in flight.
 * Iterating keeps only one page in memory.
 *
 * If a list fails midway, the error has the `cursor` of the first item that was not returned. Use it to continue,
 * without loss or duplicates.
 *
 * ```ts
 * try {
 *   for await (const member of client.members.list(accountId, { cursor })) await save(member);
 * } catch (error) {
 *   if (error instanceof ApiError) cursor = error.cursor; // undefined: from the beginning
 * }
 * ```
 *
 * A list can be awaited, so an `async` function that returns a list returns its first page instead. Return lists from
 * functions that are not `async`.
 */
export class List<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #source: ListSource<T>;
  #firstPage: Promise<FirstPage<T>> | undefined;

  /**
   * Creates a list. The clients' methods create theirs; create one yourself in a test:
   *
   * ```ts
   * const members = new List(async () => ({ items: [ada, grace], nextToken: "" }));
   * ```
   *
   * @param fetchPage - requests one page. `token` is the API's page token, empty for the first page. It returns the page's
   * `items`, and as `nextToken` the token of the next page, empty on the last one.
   */
  constructor(fetchPage: FetchPage<T>, options?: ListOptions);
  /** @internal */
  constructor(fetchPage: FetchPage<T>, options: ListOptions | undefined, checks: OptionChecks | undefined);
  constructor(fetchPage: FetchPage<T>, options: ListOptions = {}, checks: OptionChecks = callChecks) {
    // Options are checked when the list is used, so that a method that returns a list does not throw.
    this.#source = { fetchPage, options: copyOptions(options, checks), checks };
    showAs(this, () => "List { await it, or iterate it }");
  }

  /**
   * Returns the first page when the list is awaited. The page is fetched once, even if the list is awaited several
   * times.
   *
   * @throws InvalidArgumentError if an option is wrong.
   * @throws ApiError if the page cannot be fetched.
   */
  // biome-ignore lint/suspicious/noThenProperty: a list is awaited for its first page
  then<A = Page<T>, B = never>(
    onPage?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#getFirstPage()
      .then(({ page }) => page)
      .then(onPage, onError);
  }

  /**
   * Returns the first page, with the status, the headers, the request id and the attempts of its call. It is the same
   * page that awaiting the list returns, and it is fetched once.
   *
   * ```ts
   * const { data: page, requestId } = await client.members.list(accountId).withResponse();
   * ```
   *
   * @throws InvalidArgumentError if an option is wrong, if the list sends nothing because its `limit` is 0, or if the
   * list was made by hand and its pages have no `call`.
   * @throws ApiError if the page cannot be fetched.
   */
  async withResponse(): Promise<ApiResponse<Page<T>>> {
    const { page, call } = await this.#getFirstPage();
    if (call) return { ...(await call.withResponse()), data: page };
    if (this.#source.options.limit === 0) throw invalidArgument("limit", "is 0, so there is no response");
    throw invalidArgument("fetchPage", "must return the `call` of the page");
  }

  /**
   * Iterates over all items, in order.
   *
   * @throws InvalidArgumentError if an option is wrong.
   * @throws UnexpectedResponseError if the server repeats a page token, sends 1,000 empty pages in a row, or counts
   * more items than it sends.
   * @throws ApiError with the `cursor` of the first item that was not returned. An abort between two items throws
   * before the next item. An abort after the last item has no effect.
   */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    return iterate(this.#source, (page) => page.items);
  }

  /**
   * Iterates over all pages, in order, including empty ones. With a `limit`, the last page is cut, and its `cursor`
   * continues after the cut.
   *
   * @throws InvalidArgumentError if an option is wrong.
   * @throws ApiError with the `cursor` of the page that failed.
   */
  pages(): AsyncGenerator<Page<T>, void, undefined> {
    return iterate(this.#source, (page) => [page]);
  }

  /**
   * Returns all items, or the first `limit` items, as an array.
   *
   * @param options - the `limit`. If the list has a `limit` too, the smaller one counts.
   * @throws InvalidArgumentError if an option is wrong.
   * @throws ApiError if a page cannot be fetched. The items before that page are lost. The error's `cursor` continues
   * after them. To keep the items, iterate.
   */
  async toArray(
    options: {
      /** The largest number of items to return. Default: all of them. Infinity means the same. */
      limit?: number | undefined;
    } = {},
  ): Promise<T[]> {
    checkOptions(options, { limit: callChecks.limit }, "toArray");
    const { limit } = options;
    const items: T[] = [];
    // By pages, because awaiting each item costs a turn of the event loop.
    for await (const page of paginate(this.#source, (page) => [page], limit)) {
      for (const item of page.items) items.push(item);
    }
    return items;
  }

  /**
   * Returns the first item, or undefined if there is none. Fetches pages until one has an item. Throws the same errors
   * as {@link toArray}.
   */
  async first(): Promise<T | undefined> {
    const [item] = await this.toArray({ limit: 1 });
    return item;
  }

  #getFirstPage(): Promise<FirstPage<T>> {
    this.#firstPage ??= this.#fetchOnce();
    return this.#firstPage;
  }

  async #fetchOnce(): Promise<FirstPage<T>> {
    const unpack = (page: Page<T>, call: FirstPage<T>["call"]) => [{ page, call }];
    for await (const first of paginate(this.#source, unpack)) return first;
    // There is no page if the limit is 0. The cursor is then the list's beginning.
    const cursor = this.#source.options.cursor ?? toCursor({ token: "", skip: 0 });
    return { page: { items: [], cursor }, call: undefined };
  }
}

interface FirstPage<T> {
  readonly page: Page<T>;
  readonly call: FetchedPage<T>["call"];
}
