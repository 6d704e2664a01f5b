import type { QueryClient } from "@tanstack/query-core";
import { mayHaveActed } from "../core/errors/may-have-acted.js";
import type { CacheEdit } from "./cache-edits.js";
import type {
  MutationBase,
  MutationPlan,
  TypedMutation,
  TypedOptimisticMutation,
} from "./mutation-options.js";
import { PendingWrite, pendingMutations } from "./pending-write.js";
import { refresh } from "./refresh.js";

/**
 * Returns mutation options for your own call. They invalidate the queries that the call touches.
 *
 * ```ts
 * const createTeam = apiMutation(queryClient, {
 *   key: ["acme", "createTeam"],
 *   run: (variables: { name: string }) => client.accounts.createTeam(variables),
 *   touches: () => [["acme", "accounts"]],
 * });
 * ```
 *
 * Your own `onSuccess` replaces the `onSuccess` of these options. To have both, call it:
 *
 * ```ts
 * useMutation({
 *   ...createTeam,
 *   onSuccess: async (data, variables) => {
 *     await createTeam.onSuccess(data, variables);
 *     closeDialog();
 *   },
 * });
 * ```
 *
 * If the plan has `optimisticEdits`, the result has `optimistic`:
 *
 * ```ts
 * const rename = apiMutation(queryClient, {
 *   key: ["acme", "rename"],
 *   run: ({ id, name }: { id: string; name: string }) => famClient.accounts.update(id, { name }),
 *   touches: ({ id }) => [fam.accounts.key(id)],
 *   optimisticEdits: ({ id, name }) => [editData(fam.accounts.get(id).queryKey, (account) => ({ ...account, name }))],
 * });
 * useMutation(rename.optimistic);
 * ```
 */
// One signature for both kinds of plans: if a call fits none of several signatures, TypeScript's error lists them all.
export function apiMutation<Variables, Data, Edits extends readonly CacheEdit[] = never>(
  queryClient: QueryClient,
  plan: MutationPlan<Variables, Data, Edits>,
): [Edits] extends [never] ? TypedMutation<Variables, Data> : TypedOptimisticMutation<Variables, Data>;
export function apiMutation<Variables, Data>(
  queryClient: QueryClient,
  plan: AnyPlan<Variables, Data>,
): TypedMutation<Variables, Data> & Partial<TypedOptimisticMutation<Variables, Data>> {
  const { key, run, touches, optimisticEdits = () => [], resultEdits = () => [] } = plan;
  const base: MutationBase<Variables, Data> = {
    mutationKey: key,
    mutationFn: (variables) => run(variables),
    touches,
    retry: false,
  };
  const refreshAfter = (variables: Variables) => refresh(queryClient, touches(variables));
  return {
    ...base,
    onSuccess: (_data, variables) => refreshAfter(variables),
    withCache: {
      ...base,
      async onSettled(data, error, variables) {
        try {
          // If `queryClient.clear()` has removed the mutation, the cache may now contain another user's data.
          if (error === null && pendingMutations(queryClient, variables)[0])
            // The success confirms the change that `optimistic` would show at once.
            new PendingWrite(queryClient).end([
              ...optimisticEdits(variables),
              ...resultEdits(data, variables),
            ]);
        } finally {
          if (error === null || mayHaveActed(error)) await refreshAfter(variables);
        }
      },
    },
    ...("optimisticEdits" in plan && {
      optimistic: {
        ...base,
        async mutationFn(variables) {
          // Several mutations may have the same variables.
          const write = pendingMutations(queryClient, variables, { mutationKey: key })
            .map(({ state }) => state.context)
            .filter((context) => context instanceof PendingWrite)
            .find((each) => each.start());
          const data = await run(variables);
          write?.accept();
          return data;
        },
        onMutate: (variables) =>
          new PendingWrite(queryClient).show(
            { mutationKey: key, variables },
            optimisticEdits(variables),
            touches(variables),
          ),
        async onSettled(data, error, variables, shown) {
          try {
            // If the mutation was stored and resumed after a reload, `shown` is not a `PendingWrite`.
            if (shown instanceof PendingWrite)
              shown.end(error === null ? resultEdits(data, variables) : undefined);
          } finally {
            await refreshAfter(variables);
          }
        },
      },
    }),
  };
}

/** Any plan, as the callbacks of a mutation use it. The data is undefined only if the call returns undefined. */
type AnyPlan<Variables, Data> = Omit<MutationPlan<Variables, Data>, "resultEdits"> & {
  readonly resultEdits?: ((data: Data | undefined, variables: Variables) => readonly CacheEdit[]) | undefined;
};
