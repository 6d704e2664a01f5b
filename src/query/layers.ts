import type { Query } from "@tanstack/query-core";
import { type CacheEdit, hasArray } from "./cache-edits.js";

// The data of a query with pending writes is the server's data with layers on top: the changes of the writes, in order. A write that
// fails removes its own layers and keeps the layers of other writes. The order in which writes end does not matter.

/** One change to the data of a query. */
export interface Layer {
  readonly write: { readonly isPending: boolean };
  readonly edit: CacheEdit;
}

/** A query's data without and with its layers. */
interface LayeredData {
  readonly base: unknown;
  /** The layers of a write that has succeeded stay while other writes are pending. */
  readonly layers: readonly Layer[];
  /** The query's state with the layers. After a fetch, the data may be the same object, but its `dataUpdateCount` is higher. */
  readonly shown: Query["state"];
}

/** The data of queries with pending writes. */
const layeredData = new WeakMap<Query, LayeredData>();

/** Checks whether a query shows a write that has not ended. */
export function showsPendingWrite(query: Query): boolean {
  return layeredData.get(query)?.layers.some(isPending) ?? false;
}

/**
 * Changes the layers of a query, and writes the result into it. If the query has new data by now, the layers apply to
 * the new data.
 *
 * @param isFetched - whether the query has just been fetched.
 */
export function updateLayers(
  query: Query,
  change: (layers: readonly Layer[]) => readonly Layer[],
  isFetched = false,
): void {
  const { data, dataUpdateCount, dataUpdatedAt, isInvalidated, fetchMeta } = query.state;
  const last = layeredData.get(query) ?? { base: data, layers: [], shown: query.state };
  let { base, layers } = last;
  const isReplaced = data !== last.shown.data || dataUpdateCount !== last.shown.dataUpdateCount;
  if (isReplaced && fetchMeta?.fetchMore) base = withoutLayers(data, last, isFetched);
  else if (isReplaced) {
    // The query was fetched, or other code has written to it. The new data already contains the writes that have ended.
    base = data;
    layers = layers.filter(isPending);
  }
  layers = change(layers);
  if (base !== undefined && (isReplaced || layers !== last.layers)) {
    const shown = layers.reduce<unknown>((below, { edit }) => edit.update(below), base);
    query.setData(shown, { updatedAt: dataUpdatedAt, manual: true });
    // An edit does not make stale data fresh.
    if (isInvalidated) query.invalidate();
  }
  if (layers.some(isPending)) {
    layeredData.set(query, { base, layers, shown: query.state });
    // A persisted cache must not restore a pending change as the server's data.
    query.invalidate();
  } else layeredData.delete(query);
}

function isPending({ write }: Layer): boolean {
  return write.isPending;
}

/** Returns the data of an infinite query that has fetched one more page. It contains the other pages as they were shown. */
function withoutLayers(
  data: unknown,
  { base, shown: { data: shown } }: LayeredData,
  isFetched: boolean,
): unknown {
  if (!hasPages(data) || !hasPages(base) || !hasPages(shown)) return data;
  const { pages, pageParams } = data;
  // After a fetch, the parameters tell which page it is: with `maxPages`, the pages move, and the structural sharing copies them. Other
  // code that writes pages changes some of them.
  const placeOf = (page: unknown, at: number) =>
    isFetched ? shown.pageParams.indexOf(pageParams[at]) : shown.pages.indexOf(page);
  return { ...data, pages: pages.map((page, at) => base.pages[placeOf(page, at)] ?? page) };
}

function hasPages(data: unknown): data is Readonly<Record<"pages" | "pageParams", readonly unknown[]>> {
  return hasArray(data, "pages") && hasArray(data, "pageParams");
}
