import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors.js";

/** Options for `useMutation` and `MutationObserver`, in whatever framework. */
export interface TypedMutation<Variables, Data> {
  /** By which `useIsMutating` and `useMutationState` find it. */
  readonly mutationKey: QueryKey;
  /** Makes the call. */
  readonly mutationFn: (variables: Variables) => Promise<Data>;
  /** The keys of the queries that a success makes stale, each with all that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** Invalidates them. The mutation stays pending until those that are on screen are fresh. */
  readonly onSuccess: (data: Data, variables: Variables) => Promise<void>;
  /** Never: the client has retried what may be retried. And it tells the compiler that errors are `ApiError`s. */
  readonly retry: false | ((failures: number, error: ApiError) => boolean);
}

/** What a mutation does, and which queries it makes stale. */
export interface MutationPlan<Variables, Data> {
  /** The mutation's key, which need not begin as those of the queries. */
  readonly key: QueryKey;
  /** Makes the call. */
  readonly run: (variables: Variables) => Promise<Data>;
  /** The keys of the queries that a success makes stale, each with all that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
}

/**
 * Mutation options for a call of your own, which invalidate the queries that it touches.
 *
 * ```ts
 * const rename = apiMutation(queryClient, {
 *   key: ["acme", "rename"],
 *   run: (variables: { name: string }) => client.accounts.createTeam(variables),
 *   touches: () => [["acme", "accounts"]],
 * });
 * ```
 *
 * An `onSuccess` of your own takes the place of theirs. To have both, call it:
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
 */
export function apiMutation<Variables, Data>(
  queryClient: QueryClient,
  { key, run, touches }: MutationPlan<Variables, Data>,
): TypedMutation<Variables, Data> {
  return {
    mutationKey: key,
    mutationFn: (variables) => run(variables),
    touches,
    async onSuccess(_data, variables) {
      await Promise.all(touches(variables).map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
    retry: false,
  };
}
