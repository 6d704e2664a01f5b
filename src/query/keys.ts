import type { QueryKey } from "@tanstack/query-core";

/** Makes a resource's query keys. All begin with `key()`, those of an account with `key(accountId)`; `key(accountId, "list")` is one. */
export type ResourceKey = (...parts: readonly unknown[]) => QueryKey;

/** The keys of a resource. `root` is what all keys of an API begin with. */
export function resourceKey(root: QueryKey, resource: string): ResourceKey {
  return (...parts) => [...root, resource, ...parts];
}
