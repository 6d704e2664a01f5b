import type { DataTag, InfiniteData, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors/api-error.js";
import type { List, Page } from "../core/lists/list.js";
import { structuralSharing } from "./structural-sharing.js";

/** The options that a query function passes on to the client. */
export interface QueryCallOptions {
  /** Aborts when TanStack Query no longer uses the query. */
  readonly signal: AbortSignal;
}

/** The size of an infinite query's pages. */
export interface PageOptions {
  /** How many items to request per page. The API has its own default and limit. */
  readonly pageSize?: number | undefined;
}

/**
 * Switches off TanStack Query's retries. The parameter makes `ApiError` the type of `error` in `useQuery`. A method's
 * type also fits if TanStack Query does not infer the error's type.
 *
 * The client itself retries calls if that is safe, with the server's `Retry-After` and a retry budget. Four attempts of
 * TanStack Query, each with four attempts of the client, would be sixteen requests. An error would be shown a minute late.
 */
export type NoRetry =
  | false
  | {
      /** Never set. */
      retry(failures: number, error: ApiError): boolean;
    }["retry"];

/** Options for `useQuery`, `fetchQuery`, `ensureQueryData` and so on, in any framework. */
export interface TypedQuery<Data> {
  /** The query's key. Its type contains the type of the data, so `queryClient.getQueryData(options.queryKey)` is typed. */
  readonly queryKey: DataTag<QueryKey, Data>;
  /** Makes the call. Cancels it when the query is no longer used. */
  readonly queryFn: (context: QueryCallOptions) => Promise<Data>;
  /** Keeps the objects that a refetch finds unchanged, including objects with dates. */
  readonly structuralSharing: typeof structuralSharing;
  /** Always `false`, because the client itself retries. */
  readonly retry: NoRetry;
  /** Never set. Its type makes `ApiError` the type of `error` in `useQueries`. */
  readonly throwOnError?: (error: ApiError) => boolean;
}

/** Options for `useInfiniteQuery`, `fetchInfiniteQuery` and so on: each page of the list is a page of the query. */
export interface TypedInfiniteQuery<Item> {
  /** The query's key. Its type contains the type of the data, so `queryClient.getQueryData(options.queryKey)` is typed. */
  readonly queryKey: DataTag<QueryKey, InfiniteData<Page<Item>, string | undefined>>;
  /** Fetches a page. Cancels the call when the query is no longer used. */
  readonly queryFn: (
    context: QueryCallOptions & {
      /** The cursor of the page. Undefined for the first page. */
      readonly pageParam: string | undefined;
    },
  ) => Promise<Page<Item>>;
  /** Keeps the objects that a refetch finds unchanged, including objects with dates. */
  readonly structuralSharing: typeof structuralSharing;
  /** Always undefined, which means the first page. */
  readonly initialPageParam: string | undefined;
  /** Returns the cursor of the next page. Undefined after the last page. */
  readonly getNextPageParam: (page: Page<Item>) => string | undefined;
  /** Always `false`, because the client itself retries. */
  readonly retry: NoRetry;
}

/**
 * Returns query options for your own call.
 *
 * ```ts
 * const options = apiQuery(["acme", "me"], (options) => client.users.current(options));
 * const { data, error } = useQuery(options); // data?: User, error: ApiError | null
 * ```
 *
 * @param call - makes the call. Pass its parameter to the client, so that a query that is no longer used cancels its
 * request.
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
 * Returns query options for a whole list with all its pages: `data` is an array.
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
 * Returns infinite query options for a list: `data.pages` are its pages. Each page is fetched when it is needed.
 *
 * ```ts
 * const options = infiniteListQuery(["acme", "members"], (options) => famClient.members.search(accountId, {}, options));
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(options);
 * const members = data?.pages.flatMap((page) => page.items);
 * ```
 *
 * @param list - creates the list. Pass its parameter to the client: it contains the `cursor` of the page to fetch, and the
 * signal.
 */
export function infiniteListQuery<Item>(
  key: QueryKey,
  list: (options: QueryCallOptions & { readonly cursor: string | undefined }) => List<Item>,
): TypedInfiniteQuery<Item> {
  return {
    queryKey: tag<InfiniteData<Page<Item>, string | undefined>>(key),
    // A cache that was stored as JSON has null for the first page's parameter.
    queryFn: async ({ signal, pageParam }) => list({ signal, cursor: pageParam ?? undefined }),
    structuralSharing,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.cursor,
    retry: false,
  };
}

/**
 * Adds the type of the data to a key, for the compiler only. It adds no type for the error, because TanStack Query
 * before 5.62 has none.
 */
function tag<Data>(key: QueryKey): DataTag<QueryKey, Data>;
function tag(key: QueryKey): QueryKey {
  return key;
}
