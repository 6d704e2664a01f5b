import type { QueryClient } from "@tanstack/query-core";
import type {
  MutationBase,
  MutationPlan,
  OptimisticPlan,
  TypedMutation,
  TypedOptimisticMutation,
} from "./mutation-options.js";
import { PendingWrite, pendingMutations } from "./pending-write.js";
import { mayHaveActed, refresh } from "./refresh.js";

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
  const resultOf = (data: Data | undefined, variables: Variables) =>
    data === undefined ? [] : (answers?.(data, variables) ?? []);
  return {
    ...base,
    onSuccess: (_data, variables) => refresh(queryClient, touches(variables)),
    withCache: {
      ...base,
      async onSettled(data, error, variables) {
        const succeeded = error === null;
        try {
          // `queryClient.clear()` removes the mutation. The data since then may be another user's.
          if (succeeded && pendingMutations(queryClient, variables).length > 0)
            // The success confirms the change that `optimistic` would show at once.
            new PendingWrite(queryClient).end([...(shows?.(variables) ?? []), ...resultOf(data, variables)]);
        } finally {
          if (succeeded || mayHaveActed(error)) await refresh(queryClient, touches(variables));
        }
      },
    },
    ...(shows && {
      optimistic: {
        ...base,
        async mutationFn(variables) {
          const data = await run(variables);
          for (const { state } of pendingMutations(queryClient, variables, key))
            if (state.context instanceof PendingWrite) state.context.accept();
          return data;
        },
        onMutate: (variables) =>
          new PendingWrite(queryClient).show({
            variables,
            edits: shows(variables),
            touches: touches(variables),
          }),
        async onSettled(data, error, variables, shown) {
          try {
            // It is something else if the mutation was stored and resumed after a reload.
            if (shown instanceof PendingWrite) shown.end(error ? undefined : resultOf(data, variables));
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
