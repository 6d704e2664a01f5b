import type { QueryKey } from "@tanstack/query-core";

/**
 * Returns the beginning of the keys of a resource's queries. It is for a resource without queries about one account.
 */
export type ResourceKey = () => QueryKey;

/**
 * Returns the beginning of the keys of a resource's queries: of all queries, or of the queries about one account. Some
 * resources also accept other ids: see the comment of their `key`.
 */
export interface IdKey {
  /** For all queries of the resource. */
  (): QueryKey;
  /** For the queries about this id. */
  (id: string): QueryKey;
}

/** Creates the keys of a resource: the resource's own beginning, then the parts. */
export type KeyMaker = (...parts: readonly unknown[]) => QueryKey;

/** Returns the {@link KeyMaker} of a resource. `root` is the beginning of all keys of an API. */
export function keyMaker(root: QueryKey, resource: string): KeyMaker {
  return (...parts) => [...root, resource, ...parts];
}

/** Returns the public `key` of a resource. */
export function resourceKey(make: KeyMaker): ResourceKey {
  return () => make();
}

/** Returns the public `key` of a resource with queries about one id. The `key` ignores further arguments, so it can be a callback of `map`. */
export function idKey(make: KeyMaker): IdKey {
  return (id?: string) => (id === undefined ? make() : make(id));
}
