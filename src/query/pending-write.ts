import type { Mutation, MutationFilters, Query, QueryClient, QueryKey } from "@tanstack/query-core";
import type { CacheEdit } from "./cache-edits.js";
import { type Layer, updateLayers } from "./layers.js";
import { hasData, refresh } from "./refresh.js";

/** The mutations that have a write. */
const shown = new WeakSet<Mutation>();

/** A write that the cache shows before the server has responded. */
export class PendingWrite {
  #isPending = true;
  #isAccepted = false;
  #hasStarted = false;
  readonly #queryClient: QueryClient;
  /** The queries that it has changed. */
  readonly #queries = new Set<Query>();
  readonly #unsubscribe: (() => void)[] = [];

  /** Creates a write that shows nothing. */
  constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient;
  }

  /**
   * Shows the changes of a mutation. Refetches under way are canceled, because they may return data from before the write.
   *
   * @param mutation - the mutation's key and variables.
   * @param edits - its changes.
   * @param touches - the keys of the queries that it makes stale.
   */
  async show(
    { mutationKey, variables }: { mutationKey: QueryKey; variables: unknown },
    edits: readonly CacheEdit[],
    touches: readonly QueryKey[],
  ): Promise<this> {
    const queryClient = this.#queryClient;
    // Mutations with the same variables show their writes in the order in which they began. The user may have replaced the key.
    const candidates = pendingMutations(queryClient, variables).filter(
      (each) => each.options.onMutate && !shown.has(each),
    );
    const ours = candidates.find(({ options }) => options.mutationKey === mutationKey) ?? candidates[0];
    if (ours) shown.add(ours);
    // The write also ends if its mutation is removed from the cache, or if it settles without our `onSettled`. The user may have
    // replaced `onSettled`.
    const leaveMutations = queryClient.getMutationCache().subscribe(({ type, mutation }) => {
      if (!mutation || mutation !== ours || (type !== "removed" && mutation.state.status === "pending"))
        return;
      this.end(mutation.state.status === "success" ? [] : undefined);
      void refresh(queryClient, touches);
    });
    this.#unsubscribe.push(leaveMutations);

    // A first fetch is not canceled, because code that waits for it would get an error, and neither is the fetch of a further page,
    // because nothing would fetch that page again.
    const isRefetch = (query: Query) => hasData(query) && !query.state.fetchMeta?.fetchMore;
    const refetches = edits.map(({ queryKey }) => ({ queryKey, predicate: isRefetch }));
    await Promise.all(refetches.map((filter) => queryClient.cancelQueries(filter)));
    if (!this.#isPending) return this;
    for (const edit of edits) this.#add(edit);

    // Data that is fetched before the write ends may be from before the write.
    const leaveQueries = queryClient.getQueryCache().subscribe((event) => {
      // `hydrate` adds queries, for example.
      if (event.type === "added") for (const edit of edits) this.#add(edit, event.query);
      if (event.type !== "updated") return;
      const { query, action } = event;
      // `hydrate` also calls `setState`.
      if (action.type !== "setState" && (action.type !== "success" || action.manual)) return;
      if (this.#queries.has(query)) updateLayers(query, (layers) => layers, action.type === "success");
      else for (const edit of edits) this.#add(edit, query);
    });
    this.#unsubscribe.push(leaveQueries);
    return this;
  }

  /** Marks that the call of this write starts. Returns false if it has started before. */
  start(): boolean {
    const isFirst = !this.#hasStarted;
    this.#hasStarted = true;
    return isFirst;
  }

  /** Keeps the changes, even if the mutation fails. The call has succeeded, but a callback of the user may still throw. */
  accept(): void {
    this.#isAccepted = true;
  }

  /** Whether the write has not ended. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /**
   * Ends the write. Does nothing if it has ended.
   *
   * @param results - the changes that its result makes to the cache. Undefined if the mutation has failed. In that case, the
   * changes of the write are reverted, and the changes of other writes stay.
   */
  end(results: readonly CacheEdit[] | undefined = this.#isAccepted ? [] : undefined): void {
    if (!this.#isPending) return;
    this.#isPending = false;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const edit of results ?? []) this.#add(edit);
    for (const query of this.#queries)
      updateLayers(query, (layers) => (results ? layers : layers.filter(({ write }) => write !== this)));
  }

  /** @param only - the query to change. Default: all queries that the edit is for. */
  #add(edit: CacheEdit, only?: Query): void {
    const { queryKey } = edit;
    const predicate = (query: Query) => hasData(query) && (only ?? query) === query;
    for (const query of this.#queryClient.getQueryCache().findAll({ queryKey, predicate })) {
      this.#queries.add(query);
      updateLayers(query, (layers) => {
        const at = this.#placeIn(layers);
        return [...layers.slice(0, at), { write: this, edit }, ...layers.slice(at)];
      });
    }
  }

  /** Returns the index for a further layer. The result of the call is below the changes of later writes. */
  #placeIn(layers: readonly Layer[]): number {
    if (this.#isPending) return layers.length;
    const lastOwn = layers.map(({ write }) => write).lastIndexOf(this);
    if (lastOwn >= 0) return lastOwn + 1;
    // A write that has shown nothing counts as earlier than all pending writes.
    const firstPending = layers.findIndex(({ write }) => write.isPending);
    return firstPending < 0 ? layers.length : firstPending;
  }
}

/** Returns the mutations with these variables that have not settled, in the order in which they began. */
export function pendingMutations(
  queryClient: QueryClient,
  variables: unknown,
  filters?: MutationFilters,
): Mutation[] {
  const predicate = ({ state }: Mutation) => state.variables === variables;
  return queryClient.getMutationCache().findAll({ ...filters, status: "pending", predicate });
}
