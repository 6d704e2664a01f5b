import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { OnaClient } from "../ona/client.js";
import { keyMaker } from "./keys.js";
import { apiMutation, type MutationPlan } from "./mutation.js";
import { onaRoot } from "./ona-queries.js";

/** What {@link onaMutations} returns. */
export type OnaMutations = ReturnType<typeof onaMutations>;

/**
 * Mutation options for everything that an Ona client writes, with the names of the client's methods. A success invalidates
 * the queries of {@link onaQueries} that it makes stale.
 *
 * @param root - what the queries' keys begin with. Default `["tenantry", "ona"]`.
 */
export function onaMutations(
  { accounts: api }: Pick<OnaClient, "accounts">,
  queryClient: QueryClient,
  root: QueryKey = onaRoot,
) {
  const accounts = keyMaker(root, "accounts");
  const mutation = <Variables, Data>(plan: MutationPlan<Variables, Data>) => apiMutation(queryClient, plan);
  return {
    /** Writes by `client.accounts`. */
    accounts: {
      /** Deletes an account that is in no organization. */
      delete: mutation({
        key: accounts("delete"),
        run: ({
          accountId,
          ...deletion
        }: {
          /** UUID of the account. */
          accountId: string;
          /** Why, in the caller's words. */
          reason?: string | undefined;
        }) => api.delete(accountId, deletion),
        touches: () => [accounts()],
      }),
      /** Blocks an account, and ends what it runs. */
      block: mutation({
        key: accounts("block"),
        run: ({
          accountId,
          ...block
        }: {
          /** UUID of the account. */
          accountId: string;
          /** Why, in the caller's words. It must not be empty. */
          reason: string;
        }) => api.block(accountId, block),
        touches: () => [accounts()],
      }),
      /** Lets a blocked account in again. */
      unblock: mutation({
        key: accounts("unblock"),
        run: ({
          accountId,
        }: {
          /** UUID of the account. */
          accountId: string;
        }) => api.unblock(accountId),
        touches: () => [accounts()],
      }),
    },
  };
}
