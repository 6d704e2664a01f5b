import type { QueryKey } from "@tanstack/query-core";

/** A resource's query keys: `key()` begins them all, `key(accountId)` an account's, `key(accountId, "list")` is one. */
export type ResourceKey = (...parts: readonly unknown[]) => QueryKey;

/** The keys of a resource, under the root that all keys of an API begin with. */
export function resourceKey(root: QueryKey, resource: string): ResourceKey {
  return (...parts) => [...root, resource, ...parts];
}
