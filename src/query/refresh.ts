import type { Query, QueryClient, QueryKey } from "@tanstack/query-core";
import { showsPendingWrite } from "./layers.js";

/**
 * Makes queries stale, and fetches the queries on screen. It skips a query that shows a pending write, because that write makes the
 * query stale when it ends. A fetch of a skipped query is canceled, because its data may be from before the write that has ended.
 */
export async function refresh(queryClient: QueryClient, keys: readonly QueryKey[]): Promise<void> {
  await Promise.all(
    keys.map(async (queryKey) => {
      await queryClient.cancelQueries({
        queryKey,
        predicate: (query) => hasData(query) && showsPendingWrite(query),
      });
      // Invalidation does not restart these fetches, and their data may be from before the write.
      const early = queryClient.getQueryCache().findAll({
        queryKey,
        fetchStatus: "fetching",
        predicate: (query) => !hasData(query) || !query.isActive(),
      });
      await Promise.allSettled(early.map((query) => query.fetch()));
      await queryClient.invalidateQueries({
        queryKey,
        predicate: (query) => !showsPendingWrite(query),
      });
    }),
  );
}

/** Checks whether a query has data already. */
export function hasData({ state }: Query): boolean {
  return state.data !== undefined;
}
