import {
  InfiniteQueryObserver,
  MutationObserver,
  QueryClient,
  type QueryKey,
  QueryObserver,
} from "@tanstack/query-core";
import { ApiError, type Clock } from "tenantry";
import type { OptimisticMutation, TypedInfiniteQuery, TypedQuery } from "tenantry/query";
import { until } from "../../support/until.js";

/** A query in the cache, and its data on the server. */
export interface Watched {
  readonly queryKey: QueryKey;
  /** Returns the data in the cache, or the code of the last fetch's error. */
  cached(): unknown;
  /** Whether the next use fetches it. */
  isStale(): boolean | undefined;
  /** Reads from the server. Returns the same as `cached`. */
  read(): Promise<unknown>;
  /** Shows it on screen. Returns a function that ends that. */
  show(): () => void;
  /** Fetches it into the cache. */
  load(): Promise<unknown>;
}

/** An optimistic mutation. */
export interface Write {
  /** Begins the mutation. The promise is fulfilled when it has settled. */
  run(): Promise<unknown>;
  /** The beginnings of the keys of the queries that it touches. */
  readonly touches: readonly QueryKey[];
}

/** A server with data, a client's writes and queries, and the writes of other people. */
export interface World {
  readonly queryClient: QueryClient;
  readonly queries: readonly Watched[];
  /** By the names of the mutations. */
  readonly writes: Readonly<Record<string, Write>>;
  /** Writes of others to the same things. */
  readonly rivals: readonly (() => Promise<unknown>)[];
  /** Injects a fault into writes from now on. */
  fail(fault: Fault): void;
  /** Runs before each write reaches the server (`there`), or before its response arrives (`back`). */
  onTheWay: { there?: (() => Promise<unknown>) | undefined; back?: (() => Promise<unknown>) | undefined };
  /** Delays the response to each read, in milliseconds. */
  slowReads(ms: number): void;
  /** Makes all calls fail from now on. None reaches the server. */
  cutOff(): void;
  readonly clock: Pick<Clock, "sleep">;
}

/** A fault of the next write, by the name of the mock's wire fault or code. */
export type Fault = (typeof faults)[number];

/** The faults that are errors with a code. */
export const codes = [
  "unavailable",
  "internal",
  "aborted",
  "unknown",
  "resource_exhausted",
  "permission_denied",
] as const;

export const faults = [
  "none",
  ...codes,
  "html_502",
  "html_429",
  "reset",
  "lost_response",
  "cut_json",
  "cut_body",
  "wrong_content_type",
  "drip",
  "slow",
  "too_slow",
  "expired_token",
] as const;

export function newQueryClient(): QueryClient {
  const forever = { gcTime: Infinity };
  return new QueryClient({ defaultOptions: { queries: forever, mutations: forever } });
}

export function optimistic<Variables, Data>(
  queryClient: QueryClient,
  { optimistic }: { readonly optimistic: OptimisticMutation<Variables, Data> },
  variables: Variables,
): Write {
  return {
    run: () => new MutationObserver(queryClient, optimistic).mutate(variables).catch(codeOf),
    touches: optimistic.touches(variables),
  };
}

export function watch<Data>(queryClient: QueryClient, options: TypedQuery<Data>): Watched {
  return {
    ...watched(queryClient, options.queryKey),
    read: () => new QueryClient().fetchQuery(options).catch(codeOf),
    show: () => new QueryObserver(queryClient, options).subscribe(() => {}),
    load: () => queryClient.fetchQuery(options).catch(codeOf),
  };
}

export function watchPages<Item>(queryClient: QueryClient, options: TypedInfiniteQuery<Item>): Watched {
  return {
    ...watched(queryClient, options.queryKey),
    read: () => new QueryClient().fetchInfiniteQuery(options).catch(codeOf),
    show: () => new InfiniteQueryObserver(queryClient, options).subscribe(() => {}),
    load: () => queryClient.fetchInfiniteQuery(options).catch(codeOf),
  };
}

function watched(queryClient: QueryClient, queryKey: QueryKey) {
  const state = () => queryClient.getQueryState(queryKey);
  return {
    queryKey,
    cached: () => (state()?.status === "error" ? codeOf(state()?.error) : state()?.data),
    isStale: () => state()?.isInvalidated,
  };
}

function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.code;
  throw error;
}

/** Waits until no fetch and no write is under way. */
export async function quiet(queryClient: QueryClient): Promise<void> {
  await until(() => queryClient.isFetching() === 0 && queryClient.isMutating() === 0);
}
