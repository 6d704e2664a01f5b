import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { OnaClient } from "../ona/client.js";
import { apiMutation, type MutationMaker } from "./mutation.js";
import { onaAccountMutations } from "./ona-account-mutations.js";
import { onaKeys, onaRoot } from "./ona-keys.js";
import { onaOrganizationMutations } from "./ona-organization-mutations.js";
import { onaUserMutations } from "./ona-user-mutations.js";

/** What {@link onaMutations} returns. */
export type OnaMutations = ReturnType<typeof onaMutations>;

/**
 * Mutation options for everything that an Ona client writes, with the names of the client's methods. A success invalidates
 * the queries of {@link onaQueries} that it makes stale. `identity.exchangeToken` is not among them: tokens do not belong in a
 * cache.
 *
 * @param root - what the queries' keys begin with. Default `["tenantry", "ona"]`.
 */
export function onaMutations(client: OnaClient, queryClient: QueryClient, root: QueryKey = onaRoot) {
  const keys = onaKeys(root);
  const mutation: MutationMaker = (plan) => apiMutation(queryClient, plan);
  return {
    /** Writes by `client.accounts`. */
    accounts: onaAccountMutations(client, mutation, keys),
    ...onaOrganizationMutations(client, mutation, keys),
    ...onaUserMutations(client, mutation, keys),
  };
}
