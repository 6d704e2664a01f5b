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
  /** The query's count of updates with that data. Other data may be the same object, because a fetch keeps what is unchanged. */
  readonly count: number;
  /** The changes in the order of the writes. Those of a write that has succeeded stay while others are pending. */
  readonly layers: readonly Layer[];
}

const shownIn = new WeakMap<Query, Shown>();

/** A write that the cache shows before the server has responded. */
export class PendingWrite {
  readonly #queryClient: QueryClient;
  /** The variables of the mutation. */
  readonly #variables: unknown;
  readonly #queries = new Set<Query>();
  #isPending = true;
  /** Ends the watch over fetches. */
  #leave = () => {};

  private constructor(queryClient: QueryClient, variables?: unknown) {
    this.#queryClient = queryClient;
    this.#variables = variables;
  }

  /** The pending write with these variables. It is for a mutation whose own `onMutate` has failed, or returned something else. */
  static find(queryClient: QueryClient, variables: unknown): PendingWrite | undefined {
    const layers = queryClient
      .getQueryCache()
      .getAll()
      .flatMap((query) => shownIn.get(query)?.layers ?? []);
    return layers.find(({ write }) => write.#isPending && write.#variables === variables)?.write;
  }

  /** Shows the changes of a write. Refetches under way are canceled, because they may return data from before the write. */
  static async show(
    queryClient: QueryClient,
    edits: readonly CacheEdit[],
    variables: unknown,
  ): Promise<PendingWrite> {
    // A first fetch is not canceled, because code that waits for it would get an error.
    const refetches = edits.map(({ queryKey }) => ({ queryKey, predicate: hasData }));
    await Promise.all(refetches.map((filter) => queryClient.cancelQueries(filter)));
    const write = new PendingWrite(queryClient, variables);
    const add = (only?: Query) => {
      for (const edit of edits) write.#add(edit, (layers) => layers.length, only);
    };
    // A fetch that ends before the write does may return data without its changes.
    write.#leave = queryClient.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "success" || event.action.manual) return;
      if (write.#queries.has(event.query)) write.#draw(event.query, (layers) => layers);
      else add(event.query);
    });
    try {
      add();
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
    this.#leave();
    if (answers === undefined) {
      for (const query of this.#queries)
        this.#draw(query, (layers) => layers.filter(({ write }) => write !== this));
    } else {
      // Below the changes of later writes. If it has shown nothing, those are all that are pending.
      const place = (layers: readonly Layer[]) =>
        layers.map(({ write }) => write).lastIndexOf(this) + 1 ||
        [...layers.map(({ write }) => write.#isPending), true].indexOf(true);
      for (const edit of answers) this.#add(edit, place);
    }
    for (const query of this.#queries) if (!PendingWrite.isShownBy(query)) shownIn.delete(query);
  }

  /** Whether a query shows writes that have not ended. */
  static isShownBy(query: Query): boolean {
    return shownIn.get(query)?.layers.some(({ write }) => write.#isPending) ?? false;
  }

  /** @param only - the query to change. Default: all that the edit is for. */
  #add(edit: CacheEdit, place: (layers: readonly Layer[]) => number, only?: Query): void {
    const { queryKey } = edit;
    const predicate = (query: Query) => hasData(query) && (only ?? query) === query;
    for (const query of this.#queryClient.getQueryCache().findAll({ queryKey, predicate })) {
      this.#queries.add(query);
      this.#draw(query, (layers) => {
        const at = place(layers);
        return [...layers.slice(0, at), { write: this, edit }, ...layers.slice(at)];
      });
    }
  }

  /** Changes the layers of a query, and shows the result. */
  #draw(query: Query, change: (layers: readonly Layer[]) => readonly Layer[]): void {
    const { data, dataUpdateCount } = query.state;
    const last = shownIn.get(query) ?? { before: data, shown: data, count: dataUpdateCount, layers: [] };
    let { before, layers } = last;
    if (data !== last.shown || dataUpdateCount !== last.count) {
      if (query.state.fetchMeta?.fetchMore) before = withoutEdits(data, last);
      else {
        // The query was fetched, or other code has written to it. This data is later than the writes that have ended.
        before = data;
        layers = layers.filter(({ write }) => write.#isPending);
      }
    }
    layers = change(layers);
    // Writing to a query that was removed would create it again.
    const isInCache = this.#queryClient.getQueryCache().get(query.queryHash) === query;
    if (isInCache && before !== undefined) {
      const next = layers.reduce<unknown>((under, { edit }) => edit.update(under), before);
      this.#queryClient.setQueryData(query.queryKey, next, { updatedAt: query.state.dataUpdatedAt });
    }
    shownIn.set(query, {
      before,
      shown: query.state.data,
      count: query.state.dataUpdateCount,
      layers,
    });
    // A persisted cache must not restore the change as the server's data.
    if (PendingWrite.isShownBy(query)) query.invalidate();
  }
}

/** The data of an infinite query that has fetched one more page. It has the other pages as they were shown. */
function withoutEdits(data: unknown, { before, shown }: Shown): unknown {
  if (!hasPages(data) || !hasPages(before) || !hasPages(shown)) return data;
  const pages = data.pages.map((page) => before.pages[shown.pages.indexOf(page)] ?? page);
  return { ...data, pages };
}

function hasPages(data: unknown): data is { readonly pages: readonly unknown[] } {
  return typeof data === "object" && data !== null && "pages" in data && Array.isArray(data.pages);
}

/** Whether a query has data already. */
export function hasData({ state }: Query): boolean {
  return state.data !== undefined;
}
