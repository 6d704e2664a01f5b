/**
 * Options for TanStack Query v5, with React, Vue, Solid, Svelte or without a framework.
 *
 * @packageDocumentation
 */

export { type CacheEdit, editData, editItems } from "./cache-edits.js";
export { type FamMutations, famMutations } from "./fam/mutations.js";
export { type FamQueries, famQueries } from "./fam/queries.js";
export type { FamAcceptance, FamAccountChanges, FamNewAccount, FamNewInvite } from "./fam/variables.js";
export type { IdKey, ResourceKey } from "./keys.js";
export { apiMutation } from "./mutation.js";
export type {
  CacheMutation,
  MutationBase,
  MutationPlan,
  OptimisticMutation,
  TypedMutation,
  TypedOptimisticMutation,
} from "./mutation-options.js";
export { type OnaMutations, onaMutations } from "./ona/mutations.js";
export { type OnaQueries, onaQueries } from "./ona/queries.js";
export type {
  OnaBlock,
  OnaDeletion,
  OnaNewDomain,
  OnaNewOrganization,
  OnaNewToken,
  OnaOrganizationChanges,
  OnaTokenFilter,
  OnaUsageTime,
} from "./ona/variables.js";
export {
  apiQuery,
  infiniteListQuery,
  listQuery,
  type NoRetry,
  type PageOptions,
  type QueryCallOptions,
  type TypedInfiniteQuery,
  type TypedQuery,
} from "./options.js";
export { structuralSharing } from "./structural-sharing.js";
export type {
  Argument,
  NewRole,
  OfAccount,
  OfDomain,
  OfInvite,
  OfKey,
  OfMember,
  OfOrganization,
  OfOrganizationMember,
  OfPaymentConfiguration,
  OfToken,
  OfUser,
} from "./variables.js";
export { type VydonMutations, vydonMutations } from "./vydon/mutations.js";
export { type VydonQueries, vydonQueries } from "./vydon/queries.js";
export type {
  VydonAccountFilter,
  VydonConversion,
  VydonKeyRenewal,
  VydonNewApiKey,
  VydonNewInvite,
  VydonNewTeam,
  VydonPlannedUsage,
} from "./vydon/variables.js";
