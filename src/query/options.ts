import type { DataTag, InfiniteData, QueryFunction, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors/api-error.js";
import type { List, Page } from "../core/lists/list.js";
import { structuralSharing } from "./structural-sharing.js";

/** What a query function passes on to the client: the signal by which TanStack Query ends a query that is no longer used. */
export interface QueryCallOptions {
  /** Aborts when the query is no longer used. */
  readonly signal: AbortSignal;
}

/** How long the pages of an infinite query are. */
export interface PageOptions {
  /** How many items to ask for per page. The API has its own default and limit. */
  readonly pageSize?: number | undefined;
}

/**
 * How TanStack Query retries: never. Its parameter makes `ApiError` the type of `error` in `useQuery`.
 *
 * The client has retried already, with the server's `Retry-After` and a retry budget, and only what is safe to repeat. Four
 * attempts of TanStack Query on top of the client's four would be sixteen requests, and an error that shows a minute late.
 */
export type NoRetry = false | ((failures: number, error: ApiError) => boolean);

/** Options for `useQuery`, `fetchQuery`, `ensureQueryData` and so on, in any framework. */
export interface TypedQuery<Data> {
  /** Carries the type of the data: `queryClient.getQueryData(options.queryKey)` is typed. */
  readonly queryKey: DataTag<QueryKey, Data>;
  /** Makes the call. Ends it when the query is no longer used. */
  readonly queryFn: QueryFunction<Data>;
  /** Keeps the objects that a refetch finds unchanged, those with dates too. */
  readonly structuralSharing: typeof structuralSharing;
  /** Never: the client itself retries. */
  readonly retry: NoRetry;
}

/** Options for `useInfiniteQuery`, `fetchInfiniteQuery` and so on: a page of the list is a page of the query. */
export interface TypedInfiniteQuery<Item> {
  /** Carries the type of the data: `queryClient.getQueryData(options.queryKey)` is typed. */
  readonly queryKey: DataTag<QueryKey, InfiniteData<Page<Item>, string | undefined>>;
  /** Fetches a page. Ends the call when the query is no longer used. */
  readonly queryFn: QueryFunction<Page<Item>, QueryKey, string | undefined>;
  /** Keeps the objects that a refetch finds unchanged, those with dates too. */
  readonly structuralSharing: typeof structuralSharing;
  /** Undefined: the first page. */
  readonly initialPageParam: string | undefined;
  /** Where the next page begins; undefined after the last. */
  readonly getNextPageParam: (page: Page<Item>) => string | undefined;
  /** Never: the client itself retries. */
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
 * @param call - makes the call. Pass its parameter to the client, so that a query that is no longer used ends its request.
 */
export function apiQuery<Data>(
  key: QueryKey,
  call: (options: QueryCallOptions) => Promise<Data>,
): TypedQuery<Data> {
  return {
    queryKey: tag<Data>(key),
    queryFn: ({ signal }) => call({ signal }),
    structuralSharing,
    retry: false,
  };
}

/**
 * Query options for a whole list with all its pages: `data` is an array.
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
 * Infinite query options for a list: `data.pages` are its pages. Each is fetched when it is asked for.
 *
 * ```ts
 * const options = infiniteListQuery(["acme", "members"], (options) => fam.members.search(accountId, {}, options));
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(options);
 * const members = data?.pages.flatMap((page) => page.items);
 * ```
 *
 * @param list - makes the list. Pass its parameter to the client: it has the `cursor` of the page to fetch, and the signal.
 */
export function infiniteListQuery<Item>(
  key: QueryKey,
  list: (options: QueryCallOptions & { readonly cursor: string | undefined }) => List<Item>,
): TypedInfiniteQuery<Item> {
  return {
    queryKey: tag<InfiniteData<Page<Item>, string | undefined>>(key),
    queryFn: async ({ signal, pageParam }) => list({ signal, cursor: pageParam }),
    structuralSharing,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.cursor,
    retry: false,
  };
}

/** The tag is for the compiler only. It has no type for the error, because TanStack Query before 5.62 has none. */
function tag<Data>(key: QueryKey): DataTag<QueryKey, Data>;
function tag(key: QueryKey): QueryKey {
  return key;
}
