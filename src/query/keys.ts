import type { QueryKey } from "@tanstack/query-core";

/** Returns the beginning of the keys of a resource's queries. None of these queries is about one account. */
export type ResourceKey = () => QueryKey;

/**
 * Returns the beginning of the keys of a resource's queries: of all of them, or of those about one account. Some resources
 * also accept other ids, which the comment of their `key` names.
 */
export interface IdKey {
  /** For all queries of the resource. */
  (): QueryKey;
  /** For the queries about this id. */
  (id: string): QueryKey;
}

/** Makes all keys of a resource. */
export type KeyMaker = (...parts: readonly unknown[]) => QueryKey;

/** Makes the keys of a resource. `root` is the beginning of all keys of an API. */
export function keyMaker(root: QueryKey, resource: string): KeyMaker {
  return (...parts) => [...root, resource, ...parts];
}

/** The public `key` of a resource. */
export function resourceKey(make: KeyMaker): ResourceKey {
  return () => make();
}

/** The public `key` of a resource with queries about one id. It ignores further arguments, such as those of a callback of `map`. */
export function idKey(make: KeyMaker): IdKey {
  return (id?: string) => (id === undefined ? make() : make(id));
}
