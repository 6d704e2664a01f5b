import type { Query, QueryCache } from "@tanstack/react-query";

/**
 * Reports each query that appears on screen with fresh data from the cache, without a call. Returns a function that stops
 * this.
 *
 * @param onShown - gets the query's name, such as `members.list`.
 */
export function watchCache(cache: QueryCache, onShown: (query: string) => void): () => void {
  // Several parts of the page may show the same query.
  const shown = new Map<string, Query>();

  function report(): void {
    for (const query of shown.values()) onShown(nameOf(query));
    shown.clear();
  }

  return cache.subscribe(({ type, query }) => {
    if (type !== "observerAdded") return;
    if (query.state.data === undefined || query.state.fetchStatus !== "idle") return;
    if (shown.size === 0) queueMicrotask(report);
    shown.set(query.queryHash, query);
  });
}

/** `["tenantry", "vydon", "members", accountId, "list"]` is `members.list`. */
function nameOf({ queryKey }: Query): string {
  const [, , resource, ...rest] = queryKey;
  return `${resource}.${rest.filter((part) => typeof part === "string").at(-1)}`;
}
