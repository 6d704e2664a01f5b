import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors/api-error.js";
import type { CacheEdit } from "./cache-edits.js";
import { PendingWrite } from "./pending-write.js";
import { mayHaveActed, refresh } from "./refresh.js";

/** What all mutations have. */
export interface MutationBase<Variables, Data> {
  /** `useIsMutating` and `useMutationState` find the mutation by it. */
  readonly mutationKey: QueryKey;
  /** Makes the call. */
  readonly mutationFn: (variables: Variables) => Promise<Data>;
  /** The keys of the queries that the call makes stale. Each stands for all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** Never: the client itself retries. The type makes `ApiError` the type of `error`. */
  readonly retry: false | ((failures: number, error: ApiError) => boolean);
}

/** Options for `useMutation` and `MutationObserver`, in any framework. */
export interface TypedMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /** Invalidates the queries that it touches. The mutation is pending until the ones on screen are fresh. */
  readonly onSuccess: (data: Data, variables: Variables) => Promise<void>;
  /**
   * The same mutation, with more work on the cache: the answer is written into the queries that have it, and the queries that
   * it touches are also invalidated after a failure if the server may have acted, such as a lost response.
   */
  readonly withCache: CacheMutation<Variables, Data>;
}

/** Options for `useMutation` and `MutationObserver`, in any framework, with a form that shows its change at once. */
export interface TypedOptimisticMutation<Variables, Data> extends TypedMutation<Variables, Data> {
  /**
   * As `withCache`, and the change shows at once, in lists and details. A failure takes it back. In either case the queries that
   * it touches are invalidated, so the cache ends with what the server has. Several such mutations may run at once: each takes
   * back only its own change, and the last one to end fetches what they share.
   */
  readonly optimistic: OptimisticMutation<Variables, Data>;
}

/** A mutation's `withCache`. `onSuccess`, `onError` and `onMutate` are free for your own. */
export interface CacheMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /**
   * Brings the cache up to date. The mutation is pending until the queries on screen are fresh. An `onSettled` of your own
   * replaces it: call it from there.
   */
  readonly onSettled: (data: Data | undefined, error: ApiError | null, variables: Variables) => Promise<void>;
}

/** A mutation's `optimistic`. `onSuccess` and `onError` are free for your own. */
export interface OptimisticMutation<Variables, Data> extends MutationBase<Variables, Data> {
  /** Shows the change. An `onMutate` of your own replaces it: call it from there, and return what it returns. */
  readonly onMutate: (variables: Variables) => Promise<unknown>;
  /**
   * Takes the change back after a failure, and brings the cache up to date. The mutation is pending until the queries on screen
   * are fresh. An `onSettled` of your own replaces it: call it from there, with all four arguments.
   */
  readonly onSettled: (
    data: Data | undefined,
    error: ApiError | null,
    variables: Variables,
    shown: unknown,
  ) => Promise<void>;
}

/** What a mutation does, and which queries it makes stale. */
export interface MutationPlan<Variables, Data> {
  /** The mutation's key. It may begin with anything. */
  readonly key: QueryKey;
  /** Makes the call. */
  readonly run: (variables: Variables) => Promise<Data>;
  /** The keys of the queries that the call makes stale. Each stands for all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** How `withCache` and `optimistic` write the answer of a success into queries. Default: nothing is written. */
  readonly answers?: ((data: Data, variables: Variables) => readonly CacheEdit[]) | undefined;
}

/** What a mutation does that can show its change before the server answers. */
export interface OptimisticPlan<Variables, Data> extends MutationPlan<Variables, Data> {
  /** What changes in the cache if the call succeeds, as far as it is known before. `touches` must cover these queries. */
  readonly shows: (variables: Variables) => readonly CacheEdit[];
}

/** {@link apiMutation} for one `QueryClient`. */
export interface MutationMaker {
  <Variables, Data>(plan: OptimisticPlan<Variables, Data>): TypedOptimisticMutation<Variables, Data>;
  <Variables, Data>(plan: MutationPlan<Variables, Data>): TypedMutation<Variables, Data>;
}

/**
 * Mutation options for a call of your own. They invalidate the queries that the call touches.
 *
 * ```ts
 * const rename = apiMutation(queryClient, {
 *   key: ["acme", "rename"],
 *   run: (variables: { name: string }) => client.accounts.createTeam(variables),
 *   touches: () => [["acme", "accounts"]],
 * });
 * ```
 *
 * An `onSuccess` of your own replaces the one of these options. To have both, call it:
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
          // What would show at once is certain now.
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
        onMutate: (variables) => PendingWrite.show(queryClient, shows(variables)),
        async onSettled(data, error, variables, shown) {
          // A mutation that was stored, and goes on after a reload, has none.
          try {
            if (shown instanceof PendingWrite) shown.end(error ? undefined : answered(data, variables));
          } finally {
            await refresh(queryClient, touches(variables));
          }
        },
      },
    }),
  };
}

/** Makes the mutations of an API, which have one `QueryClient`. */
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
