import type { DataTag, InfiniteData, QueryFunction, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors.js";
import type { List, Page } from "../core/list.js";

/** What a query function hands on to the client: the signal by which TanStack Query ends a query that nobody looks at any more. */
export interface QueryCallOptions {
  /** Aborts when nobody looks at the query any more. */
  readonly signal: AbortSignal;
}

/** How an infinite query's pages are cut. */
export interface PageOptions {
  /** Items a page, as a wish: the API has its own default and ceiling. */
  readonly pageSize?: number | undefined;
}

/**
 * Never, and known to be about `ApiError`, which is how `useQuery` learns the type of `error`.
 *
 * The client has retried already, as the server asked it to (`Retry-After`, the retry budget, what may be repeated at
 * all); four attempts on top of its four would be sixteen requests, and an error that shows a minute late.
 */
export type NoRetry = false | ((failures: number, error: ApiError) => boolean);

/** Options for `useQuery`, `fetchQuery`, `ensureQueryData` and their like, in whatever framework. */
export interface TypedQuery<Data> {
  /** Knows its data: `queryClient.getQueryData(options.queryKey)` is typed. */
  readonly queryKey: DataTag<QueryKey, Data>;
  /** Makes the call, and ends it when nobody looks at the query any more. */
  readonly queryFn: QueryFunction<Data>;
  /** Never: the client has retried what may be retried. */
  readonly retry: NoRetry;
}

/** Options for `useInfiniteQuery`, `fetchInfiniteQuery` and their like: a page of the list is a page of the query. */
export interface TypedInfiniteQuery<Item> {
  /** Knows its data: `queryClient.getQueryData(options.queryKey)` is typed. */
  readonly queryKey: DataTag<QueryKey, InfiniteData<Page<Item>, string | undefined>>;
  /** Fetches a page, and ends the call when nobody looks at the query any more. */
  readonly queryFn: QueryFunction<Page<Item>, QueryKey, string | undefined>;
  /** Undefined: the list begins at its beginning. */
  readonly initialPageParam: string | undefined;
  /** Where the next page begins; undefined after the last. */
  readonly getNextPageParam: (page: Page<Item>) => string | undefined;
  /** Never: the client has retried what may be retried. */
  readonly retry: NoRetry;
}

/**
 * Query options for a call of your own.
 *
 * ```ts
 * const options = apiQuery(["acme", "me"], (options) => client.users.current(options));
 * const { data, error } = useQuery(options); // data?: User, error: ApiError | null
 * ```
 *
 * @param call - hand its parameter to the client, so that a query that nobody needs any more ends its request.
 */
export function apiQuery<Data>(
  key: QueryKey,
  call: (options: QueryCallOptions) => Promise<Data>,
): TypedQuery<Data> {
  return { queryKey: tag<Data>(key), queryFn: ({ signal }) => call({ signal }), retry: false };
}

/**
 * Query options for a whole list, all of its pages: `data` is an array.
 *
 * ```ts
 * const options = listQuery(["acme", "members"], (options) => client.members.list(accountId, { ...options, limit: 500 }));
 * ```
 */
export function listQuery<Item>(
  key: QueryKey,
  list: (options: QueryCallOptions) => List<Item>,
): TypedQuery<Item[]> {
  return apiQuery(key, (options) => list(options).toArray());
}

/**
 * Infinite query options for a list: `data.pages` are its pages, fetched one by one as they are asked for.
 *
 * ```ts
 * const options = infiniteListQuery(["acme", "members"], (options) => fam.members.search(accountId, {}, options));
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(options);
 * const members = data?.pages.flatMap((page) => page.items);
 * ```
 *
 * @param list - hand its parameter to the client: it carries the `cursor` of the page to fetch as well as the signal.
 */
export function infiniteListQuery<Item>(
  key: QueryKey,
  list: (options: QueryCallOptions & { readonly cursor: string | undefined }) => List<Item>,
): TypedInfiniteQuery<Item> {
  return {
    queryKey: tag<InfiniteData<Page<Item>, string | undefined>>(key),
    queryFn: async ({ signal, pageParam }) => list({ signal, cursor: pageParam }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.cursor,
    retry: false,
  };
}

/** The tag is for the compiler alone. Data only: before 5.62 there is no tag for the error's type. */
function tag<Data>(key: QueryKey): DataTag<QueryKey, Data>;
function tag(key: QueryKey): QueryKey {
  return key;
}
