import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors/api-error.js";
import type { CacheEdit } from "./cache-edits.js";
import { PendingWrite } from "./pending-write.js";
import { mayHaveActed, refresh } from "./refresh.js";

/** The options that all mutations have. */
export interface MutationBase<Variables, Data> {
  /** `useIsMutating` and `useMutationState` find the mutation by it. */
  readonly mutationKey: QueryKey;
  /** Makes the call. */
  readonly mutationFn: (variables: Variables) => Promise<Data>;
  /** Returns the keys of the queries that the call makes stale. Each key means all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** Always `false`, because the client itself retries. The type makes `ApiError` the type of `error`. */
  readonly retry: false | ((failures: number, error: ApiError) => boolean);
}

/** Options for `useMutation` and `MutationObserver`, in any framework. */
export interface TypedMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /** Invalidates the queries that it touches. The mutation is pending until the queries on screen are fresh. */
  readonly onSuccess: (data: Data, variables: Variables) => Promise<void>;
  /**
   * The same mutation, with more changes to the cache: the result is written into the queries that contain it, and the queries
   * that it touches are also invalidated after a failure if the server may have acted, for example if the response was lost.
   */
  readonly withCache: CacheMutation<Variables, Data>;
}

/** Options for `useMutation` and `MutationObserver`, in any framework, with a form that shows its change at once. */
export interface TypedOptimisticMutation<Variables, Data> extends TypedMutation<Variables, Data> {
  /**
   * Like `withCache`, and the change shows at once, in lists and details. A failure reverts it. In either case the queries that it
   * touches are invalidated, so the cache ends with the server's data. Several such mutations may run at the same time: each
   * reverts only its own change, and the last one to end fetches the queries that they share.
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

/** A mutation, and the queries that it makes stale. */
export interface MutationPlan<Variables, Data> {
  /** The mutation's key. It may be any key. */
  readonly key: QueryKey;
  /** Makes the call. */
  readonly run: (variables: Variables) => Promise<Data>;
  /** Returns the keys of the queries that the call makes stale. Each key means all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** Returns how `withCache` and `optimistic` write the result of a success into queries. Default: they write nothing. */
  readonly answers?: ((data: Data, variables: Variables) => readonly CacheEdit[]) | undefined;
}

/** A mutation that can show its change before the server responds. */
export interface OptimisticPlan<Variables, Data> extends MutationPlan<Variables, Data> {
  /** Returns the changes to the cache that are known before the call succeeds. `touches` must cover these queries. */
  readonly shows: (variables: Variables) => readonly CacheEdit[];
}

/** {@link apiMutation} with a fixed `QueryClient`. */
export interface MutationMaker {
  <Variables, Data>(plan: OptimisticPlan<Variables, Data>): TypedOptimisticMutation<Variables, Data>;
  <Variables, Data>(plan: MutationPlan<Variables, Data>): TypedMutation<Variables, Data>;
}

/**
 * Mutation options for your own call. They invalidate the queries that the call touches.
 *
 * ```ts
 * const rename = apiMutation(queryClient, {
 *   key: ["acme", "rename"],
 *   run: (variables: { name: string }) => client.accounts.createTeam(variables),
 *   touches: () => [["acme", "accounts"]],
 * });
 * ```
 *
 * Your own `onSuccess` replaces that of these options. To have both, call it:
 *
 * ```ts
 * useMutation({
 *   ...rename,
 *   onSuccess: async (data, variables) => {
 *     await rename.onSuccess(data, variables);
 *     closeDialog();
 *   },
 * });
 * ```
 *
 * If the plan has `shows`, the result has `optimistic`:
 *
 * ```ts
 * const rename = apiMutation(queryClient, {
 *   key: ["acme", "rename"],
 *   run: ({ id, name }: { id: string; name: string }) => fam.accounts.update(id, { name }),
 *   touches: ({ id }) => [queries.accounts.key(id)],
 *   shows: ({ id, name }) => [editData(queries.accounts.get(id).queryKey, (account) => ({ ...account, name }))],
 * });
 * useMutation(rename.optimistic);
 * ```
 */
export function apiMutation<Variables, Data>(
  queryClient: QueryClient,
  plan: OptimisticPlan<Variables, Data>,
): TypedOptimisticMutation<Variables, Data>;
/** Without `shows`, the result has no `optimistic`. */
export function apiMutation<Variables, Data>(
  queryClient: QueryClient,
  plan: MutationPlan<Variables, Data>,
): TypedMutation<Variables, Data>;
export function apiMutation<Variables, Data>(
  queryClient: QueryClient,
  {
    key,
    run,
    touches,
    answers,
    shows,
  }: MutationPlan<Variables, Data> & Partial<OptimisticPlan<Variables, Data>>,
): TypedMutation<Variables, Data> & Partial<TypedOptimisticMutation<Variables, Data>> {
  const base: MutationBase<Variables, Data> = {
    mutationKey: key,
    mutationFn: (variables) => run(variables),
    touches,
    retry: false,
  };
  const answered = (data: Data | undefined, variables: Variables) =>
    data === undefined ? [] : (answers?.(data, variables) ?? []);
  return {
    ...base,
    onSuccess: (_data, variables) => refresh(queryClient, touches(variables)),
    withCache: {
      ...base,
      async onSettled(data, error, variables) {
        const succeeded = error === null;
        try {
          // The success confirms the change that `optimistic` would show at once.
          if (succeeded)
            PendingWrite.done(queryClient, [...(shows?.(variables) ?? []), ...answered(data, variables)]);
        } finally {
          if (succeeded || mayHaveActed(error)) await refresh(queryClient, touches(variables));
        }
      },
    },
    ...(shows && {
      optimistic: {
        ...base,
        onMutate: (variables) => PendingWrite.show(queryClient, shows(variables), variables),
        async onSettled(data, error, variables, shown) {
          // It is missing if the mutation was stored and resumed after a reload.
          try {
            const write = shown instanceof PendingWrite ? shown : PendingWrite.find(queryClient, variables);
            write?.end(error ? undefined : answered(data, variables));
          } finally {
            await refresh(queryClient, touches(variables));
          }
        },
      },
    }),
  };
}

/** Makes the mutations of an API, which share one `QueryClient`. */
export function mutationMaker(queryClient: QueryClient): MutationMaker {
  function make<Variables, Data>(
    plan: OptimisticPlan<Variables, Data>,
  ): TypedOptimisticMutation<Variables, Data>;
  function make<Variables, Data>(plan: MutationPlan<Variables, Data>): TypedMutation<Variables, Data>;
  function make<Variables, Data>(plan: MutationPlan<Variables, Data>): TypedMutation<Variables, Data> {
    return apiMutation(queryClient, plan);
  }
  return make;
}
