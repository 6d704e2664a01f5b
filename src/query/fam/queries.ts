import type { QueryKey } from "@tanstack/query-core";
import type { FamClient } from "../../fam/client.js";
import type { FamMemberSearch } from "../../fam/members.js";
import { idKey, keyMaker } from "../keys.js";
import { apiQuery, infiniteListQuery, listQuery } from "../options.js";

/** The default beginning of FAM's keys. */
export const famRoot: QueryKey = ["tenantry", "fam"];

/** Returns the keys of FAM's resources. */
export function famKeys(root: QueryKey) {
  return {
    accounts: keyMaker(root, "accounts"),
    members: keyMaker(root, "members"),
    invites: keyMaker(root, "invites"),
    billing: keyMaker(root, "billing"),
  };
}

/** The query options that {@link famQueries} returns. */
export type FamQueries = ReturnType<typeof famQueries>;

/**
 * Returns query options for the methods of a FAM client that read, with the same names. Options with a name that ends in `Pages` are
 * for infinite queries. Keys are as in {@link vydonQueries}.
 *
 * ```ts
 * const fam = famQueries(client);
 * const { data, fetchNextPage } = useInfiniteQuery(fam.members.searchPages(accountId, { query: "ada" }));
 * ```
 *
 * @param root - the beginning of every key. Default `["tenantry", "fam"]`.
 */
export function famQueries(client: FamClient, root: QueryKey = famRoot) {
  const { accounts, members, invites, billing } = famKeys(root);
  return {
    /** The beginning of the keys of all these queries. */
    key: root,
    /** Reads with `client.accounts`. */
    accounts: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(accounts),
      /** The accounts that the caller has permissions in. */
      list: () => listQuery(accounts("list"), (options) => client.accounts.list(options)),
      /** One account. */
      get: (accountId: string) =>
        apiQuery(accounts(accountId, "get"), (options) => client.accounts.get(accountId, options)),
      /** The caller's id and permissions. */
      permissions: () => apiQuery(accounts("permissions"), (options) => client.accounts.permissions(options)),
    },
    /** Reads with `client.members`. */
    members: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(members),
      /** The members of an account: only their ids and relations. */
      list: (accountId: string) =>
        listQuery(members(accountId, "list"), (options) => client.members.list(accountId, options)),
      /** All members and invited people that match a search. */
      search: (accountId: string, search: FamMemberSearch = {}) =>
        listQuery(members(accountId, "search", search), (options) =>
          client.members.search(accountId, search, options),
        ),
      /** The same, as an infinite query. */
      searchPages: (accountId: string, search: FamMemberSearch = {}) =>
        infiniteListQuery(members(accountId, "searchPages", search), (options) =>
          client.members.search(accountId, search, options),
        ),
    },
    /** Reads with `client.invites`. */
    invites: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(invites),
      /** An account's invites. */
      list: (accountId: string) =>
        listQuery(invites(accountId, "list"), (options) => client.invites.list(accountId, options)),
    },
    /** Reads with `client.billing`. */
    billing: {
      /**
       * The keys of these queries begin with `key()`, the keys of one account with `key(accountId)`, and the keys of one
       * payment configuration's cards with `key(paymentConfigurationId)`.
       */
      key: idKey(billing),
      /** The cards of a payment configuration. */
      listCards: (paymentConfigurationId: string) =>
        listQuery(billing(paymentConfigurationId, "listCards"), (options) =>
          client.billing.listCards(paymentConfigurationId, options),
        ),
      /** The payment configuration of an account. */
      getPaymentConfiguration: (accountId: string) =>
        apiQuery(billing(accountId, "getPaymentConfiguration"), (options) =>
          client.billing.getPaymentConfiguration(accountId, options),
        ),
    },
  };
}
