import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { ApiError } from "../core/errors/api-error.js";

/** Options for `useMutation` and `MutationObserver`, in any framework. */
export interface TypedMutation<Variables, Data> {
  /** `useIsMutating` and `useMutationState` find the mutation by it. */
  readonly mutationKey: QueryKey;
  /** Makes the call. */
  readonly mutationFn: (variables: Variables) => Promise<Data>;
  /** The keys of the queries that a success makes stale. Each stands for all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
  /** Invalidates those queries. The mutation is pending until the ones on screen are fresh. */
  readonly onSuccess: (data: Data, variables: Variables) => Promise<void>;
  /** Never: the client itself retries. The type makes `ApiError` the type of `error`. */
  readonly retry: false | ((failures: number, error: ApiError) => boolean);
}

/** What a mutation does, and which queries it makes stale. */
export interface MutationPlan<Variables, Data> {
  /** The mutation's key. It may begin with anything. */
  readonly key: QueryKey;
  /** Makes the call. */
  readonly run: (variables: Variables) => Promise<Data>;
  /** The keys of the queries that a success makes stale. Each stands for all keys that begin with it. */
  readonly touches: (variables: Variables) => QueryKey[];
}

/** {@link apiMutation} for one `QueryClient`. */
export type MutationMaker = <Variables, Data>(
  plan: MutationPlan<Variables, Data>,
) => TypedMutation<Variables, Data>;

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
