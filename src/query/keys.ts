import type { QueryKey } from "@tanstack/query-core";

/** Returns what the keys of a resource's queries begin with. None of these queries is about one account. */
export type ResourceKey = () => QueryKey;

/**
 * Returns what the keys of a resource's queries begin with: of all of them, or of those that are about one account. Some
 * resources take other ids too; their `key` says which.
 */
export interface IdKey {
  /** For all queries of the resource. */
  (): QueryKey;
  /** For those that are about what has this id. */
  (id: string): QueryKey;
}

/** Makes all keys of a resource. */
export type KeyMaker = (...parts: readonly unknown[]) => QueryKey;

/** The keys of a resource. `root` is what all keys of an API begin with. */
export function keyMaker(root: QueryKey, resource: string): KeyMaker {
  return (...parts) => [...root, resource, ...parts];
}

/** The public `key` of a resource. */
export function resourceKey(make: KeyMaker): ResourceKey {
  return () => make();
}

/** The public `key` of a resource with queries about one id. It ignores what else a callback of `map` gets. */
export function idKey(make: KeyMaker): IdKey {
  return (id?: string) => (id === undefined ? make() : make(id));
}
