/**
 * Options for TanStack Query v5, in React, Vue, Solid, Svelte or none of them.
 *
 * @packageDocumentation
 */

export type { ResourceKey } from "./keys.js";
// For calls of your own
export { apiMutation, type MutationPlan, type TypedMutation } from "./mutation.js";
export {
  apiQuery,
  infiniteListQuery,
  listQuery,
  type NoRetry,
  type QueryCallOptions,
  type TypedInfiniteQuery,
  type TypedQuery,
} from "./options.js";
// An API's queries and mutations, ready-made
export { type VydonMutations, vydonMutations } from "./vydon-mutations.js";
export { type VydonQueries, vydonQueries } from "./vydon-queries.js";
