import type { QueryKey } from "@tanstack/query-core";
import type { OnaClient } from "../ona/client.js";
import { onaAccountQueries } from "./ona-account-queries.js";
import { onaKeys, onaRoot } from "./ona-keys.js";
import { onaOrganizationQueries } from "./ona-organization-queries.js";
import { onaUserQueries } from "./ona-user-queries.js";

/** What {@link onaQueries} returns. */
export type OnaQueries = ReturnType<typeof onaQueries>;

/**
 * Query options for everything that an Ona client reads, with the names of the client's methods. Those named `…Pages` are
 * for infinite queries. Keys are as in {@link vydonQueries}.
 *
 * ```ts
 * const ona = onaQueries(client);
 * const { data, fetchNextPage } = useInfiniteQuery(ona.members.listPages(organizationId, { search: "ada", count: true }));
 * ```
 *
 * @param root - what every key begins with. Default `["tenantry", "ona"]`.
 */
export function onaQueries(client: OnaClient, root: QueryKey = onaRoot) {
  const keys = onaKeys(root);
  return {
    /** All these queries have keys that begin with this. */
    key: root,
    /** Reads `client.accounts`. */
    accounts: onaAccountQueries(client, keys),
    ...onaOrganizationQueries(client, keys),
    ...onaUserQueries(client, keys),
  };
}
