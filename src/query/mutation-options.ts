import type { QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors/api-error.js";
import type { CacheEdit } from "./cache-edits.js";
import type { NoRetry } from "./options.js";

/** The options that all mutations have. */
export interface MutationBase<Variables, Data> {
  /** The key by which `useIsMutating` and `useMutationState` find the mutation. */
  readonly mutationKey: QueryKey;
  /** Makes the call. */
  readonly mutationFn: (variables: Variables) => Promise<Data>;
  /** Returns the keys of the queries that the call makes stale. Each key means all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** Always `false`, because the client itself retries. */
  readonly retry: NoRetry;
}

/** Options for `useMutation` and `MutationObserver`, in any framework. */
export interface TypedMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /**
   * Invalidates the queries that the call makes stale. The mutation is pending until the queries on screen are fresh, and the fetches
   * of other such queries that are under way have ended.
   */
  readonly onSuccess: (data: Data, variables: Variables) => Promise<void>;
  /**
   * The same mutation, with more changes to the cache. The result is written into the queries that contain it. The queries
   * that it touches are also invalidated after a failure if the server may have acted, for example if the response was lost.
   */
  readonly withCache: CacheMutation<Variables, Data>;
}

/** Options for `useMutation` and `MutationObserver`, in any framework, with a variant that shows its change at once. */
export interface TypedOptimisticMutation<Variables, Data> extends TypedMutation<Variables, Data> {
  /**
   * The same as `withCache`, but the change shows at once, in lists and details. A failure reverts it. After a success and after a
   * failure, the queries that it touches are invalidated, so the cache ends with the server's data. Several such mutations may run
   * at the same time: each reverts only its own change, and the last one to end fetches the queries that they share. The change
   * also ends if the mutation is removed from the cache, for example by `queryClient.clear()`.
   */
  readonly optimistic: OptimisticMutation<Variables, Data>;
}

/** A mutation's `withCache`. You can add your own `onSuccess`, `onError` and `onMutate`. */
export interface CacheMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /**
   * Updates the cache. The mutation is pending until the queries on screen are fresh. Your own `onSettled` replaces it, and must
   * call it.
   */
  readonly onSettled: (data: Data | undefined, error: ApiError | null, variables: Variables) => Promise<void>;
}

/** A mutation's `optimistic`. You can add your own `onSuccess` and `onError`. */
export interface OptimisticMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /** Shows the change. Your own `onMutate` replaces it, and must call it and return its result. */
  readonly onMutate: (variables: Variables) => Promise<unknown>;
  /**
   * Reverts the change after a failure, and updates the cache. The mutation is pending until the queries on screen are fresh. Your
   * own `onSettled` replaces it, and must call it with all four arguments.
   */
  readonly onSettled: (
    data: Data | undefined,
    error: ApiError | null,
    variables: Variables,
    shown: unknown,
  ) => Promise<void>;
}

/** A mutation, the queries that it makes stale, and the changes to the cache that are known without a request. */
export interface MutationPlan<Variables, Data, Edits extends readonly CacheEdit[] = readonly CacheEdit[]> {
  /** The mutation's key. It may be any key. */
  readonly key: QueryKey;
  /** Makes the call. */
  readonly run: (variables: Variables) => Promise<Data>;
  /** Returns the keys of the queries that the call makes stale. Each key means all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /**
   * Returns the changes to the cache that are known before the call succeeds. `touches` must cover these queries. With it, the
   * mutation has `optimistic`. Default: no changes.
   */
  readonly optimisticEdits?: ((variables: Variables) => Edits) | undefined;
  /** Returns the changes to the cache that the call's result makes, for `withCache` and `optimistic`. Default: no changes. */
  readonly resultEdits?: ((data: Data, variables: Variables) => readonly CacheEdit[]) | undefined;
}
