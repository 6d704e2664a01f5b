import type { Query, QueryClient } from "@tanstack/query-core";
import type { CacheEdit } from "./cache-edits.js";

/** A change that a write makes, on top of the changes of earlier writes. */
interface Layer {
  readonly write: PendingWrite;
  readonly edit: CacheEdit;
}

/** The data of a query with pending writes. */
interface Shown {
  /** The data without the layers. */
  readonly before: unknown;
  /** The data with the layers. If the query has other data, it was fetched or written by other code. */
  readonly shown: unknown;
  /** The changes in the order of the writes. Those of a write that has succeeded stay while others are pending. */
  readonly layers: readonly Layer[];
}

const shownIn = new WeakMap<Query, Shown>();

/** A write that the cache shows before the server has responded. */
export class PendingWrite {
  readonly #queryClient: QueryClient;
  readonly #queries = new Set<Query>();
  #isPending = true;

  private constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient;
  }

  /** Shows the changes of a write. Refetches under way are canceled, because they may return data from before the write. */
  static async show(queryClient: QueryClient, edits: readonly CacheEdit[]): Promise<PendingWrite> {
    // A first fetch is not canceled, because code that waits for it would get an error.
    const refetches = edits.map(({ queryKey }) => ({ queryKey, predicate: hasData }));
    await Promise.all(refetches.map((filter) => queryClient.cancelQueries(filter)));
    const write = new PendingWrite(queryClient);
    try {
      for (const edit of edits) write.#add(edit, (before) => before.length);
    } catch (reason) {
      // Nobody gets the write, so nobody else could take back the edits before this one.
      write.end(undefined);
      throw reason;
    }
    return write;
  }

  /** Applies the changes of a write that has succeeded. */
  static done(queryClient: QueryClient, answers: readonly CacheEdit[]): void {
    new PendingWrite(queryClient).end(answers);
  }

  /**
   * Ends the write.
   *
   * @param answers - the changes that its result makes to the cache. Undefined if it has failed: then its changes are reverted, and
   * those of other writes stay.
   */
  end(answers: readonly CacheEdit[] | undefined): void {
    this.#isPending = false;
    if (answers === undefined) {
      for (const query of this.#queries)
        this.#draw(query, (layers) => layers.filter(({ write }) => write !== this));
    } else {
      // Below the changes of later writes.
      const place = (layers: readonly Layer[]) => layers.map(({ write }) => write).lastIndexOf(this) + 1;
      for (const edit of answers) this.#add(edit, place);
    }
    for (const query of this.#queries) if (!PendingWrite.isShownBy(query)) shownIn.delete(query);
  }

  /** Whether a query shows writes that have not ended. */
  static isShownBy(query: Query): boolean {
    return shownIn.get(query)?.layers.some(({ write }) => write.#isPending) ?? false;
  }

  #add(edit: CacheEdit, place: (layers: readonly Layer[]) => number): void {
    const { queryKey } = edit;
    for (const query of this.#queryClient.getQueryCache().findAll({ queryKey, predicate: hasData })) {
      this.#queries.add(query);
      this.#draw(query, (layers) => {
        const at = place(layers);
        return [...layers.slice(0, at), { write: this, edit }, ...layers.slice(at)];
      });
    }
  }

  /** Changes the layers of a query, and shows the result. */
  #draw(query: Query, change: (layers: readonly Layer[]) => readonly Layer[]): void {
    const { data } = query.state;
    let { before, shown, layers } = shownIn.get(query) ?? { before: data, shown: data, layers: [] };
    if (data !== shown) {
      // The query was fetched, or other code has written to it. This data is later than the writes that have ended.
      before = data;
      layers = layers.filter(({ write }) => write.#isPending);
    }
    layers = change(layers);
    // Writing to a query that was removed would create it again.
    const isInCache = this.#queryClient.getQueryCache().get(query.queryHash) === query;
    if (isInCache && before !== undefined) {
      const next = layers.reduce<unknown>((under, { edit }) => edit.update(under), before);
      this.#queryClient.setQueryData(query.queryKey, next, { updatedAt: query.state.dataUpdatedAt });
    }
    shownIn.set(query, { before, shown: query.state.data, layers });
  }
}

function hasData({ state }: Query): boolean {
  return state.data !== undefined;
}
