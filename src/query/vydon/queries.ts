import type { QueryKey } from "@tanstack/query-core";
import type { VydonClient } from "../../vydon/client.js";
import type { VydonResourcePermission } from "../../vydon/models/permission.js";
import { idKey, keyMaker, resourceKey } from "../keys.js";
import { apiQuery, listQuery } from "../options.js";
import type { VydonAccountFilter, VydonPlannedUsage } from "./variables.js";

/** The default beginning of Vydon's keys. */
export const vydonRoot: QueryKey = ["tenantry", "vydon"];

/** Returns the keys of Vydon's resources. */
export function vydonKeys(root: QueryKey) {
  return {
    users: keyMaker(root, "users"),
    accounts: keyMaker(root, "accounts"),
    members: keyMaker(root, "members"),
    invites: keyMaker(root, "invites"),
    permissions: keyMaker(root, "permissions"),
    billing: keyMaker(root, "billing"),
    apiKeys: keyMaker(root, "apiKeys"),
    auth: keyMaker(root, "auth"),
    system: keyMaker(root, "system"),
  };
}

/** The query options that {@link vydonQueries} returns. */
export type VydonQueries = ReturnType<typeof vydonQueries>;

/**
 * Returns query options for the methods of a Vydon client that read, with the same names.
 *
 * ```ts
 * const vydon = vydonQueries(client);
 * const { data: members } = useQuery(vydon.members.list(accountId));
 * await queryClient.invalidateQueries({ queryKey: vydon.members.key(accountId) });
 * ```
 *
 * Keys are hierarchical: `["tenantry", "vydon", "members", accountId, "list"]`. Each resource has a `key`: the keys of all
 * its queries begin with `key()`, and the keys of one account's queries with `key(accountId)`.
 *
 * @param root - the beginning of every key. Default `["tenantry", "vydon"]`. If one QueryClient has data of several users or
 * several servers, use a different root for each, such as `["vydon", userId]`, and the same root for {@link vydonMutations}.
 */
export function vydonQueries(client: VydonClient, root: QueryKey = vydonRoot) {
  const { users, accounts, members, invites, permissions, billing, apiKeys, auth, system } = vydonKeys(root);
  return {
    /** The beginning of the keys of all these queries. */
    key: root,
    /** Reads with `client.users`. */
    users: {
      /** The keys of these queries begin with `key()`. */
      key: resourceKey(users),
      /** The caller. */
      current: () => apiQuery(users("current"), (options) => client.users.current(options)),
    },
    /** Reads with `client.accounts`. */
    accounts: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(accounts),
      /** The accounts that the caller belongs to. */
      list: () => listQuery(accounts("list"), (options) => client.accounts.list(options)),
      /** Whether the caller belongs to an account. */
      includesMe: (accountId: string) =>
        apiQuery(accounts(accountId, "includesMe"), (options) =>
          client.accounts.includesMe(accountId, options),
        ),
      /** The set-up flags of an account. */
      getOnboarding: (accountId: string) =>
        apiQuery(accounts(accountId, "getOnboarding"), (options) =>
          client.accounts.getOnboarding(accountId, options),
        ),
      /** The Temporal configuration of a self-hosted account. */
      getTemporalConfig: (accountId: string) =>
        apiQuery(accounts(accountId, "getTemporalConfig"), (options) =>
          client.accounts.getTemporalConfig(accountId, options),
        ),
    },
    /** Reads with `client.members`. */
    members: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(members),
      /** The members of a team account. */
      list: (accountId: string) =>
        listQuery(members(accountId, "list"), (options) => client.members.list(accountId, options)),
    },
    /** Reads with `client.invites`. */
    invites: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(invites),
      /** An account's open invites. */
      list: (accountId: string) =>
        listQuery(invites(accountId, "list"), (options) => client.invites.list(accountId, options)),
    },
    /** Reads with `client.permissions`. */
    permissions: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(permissions),
      /** Whether the caller may do one thing. */
      check: (accountId: string, resource: VydonResourcePermission) =>
        apiQuery(permissions(accountId, "check", resource), (options) =>
          client.permissions.check(accountId, resource, options),
        ),
      /** Whether the caller may do each of several things, in the order of `resources`. */
      checkAll: (accountId: string, resources: readonly VydonResourcePermission[]) =>
        apiQuery(permissions(accountId, "checkAll", resources), (options) =>
          client.permissions.checkAll(accountId, resources, options),
        ),
    },
    /** Reads with `client.billing`. */
    billing: {
      /** The keys of these queries begin with `key()`, and the keys of one account with `key(accountId)`. */
      key: idKey(billing),
      /** The state of an account's subscription. */
      status: (accountId: string) =>
        apiQuery(billing(accountId, "status"), (options) => client.billing.status(accountId, options)),
      /** Whether an account may be used, and the reason if not. */
      validity: (accountId: string, usage: VydonPlannedUsage = {}) =>
        apiQuery(billing(accountId, "validity", usage), (options) =>
          client.billing.validity(accountId, usage, options),
        ),
      /** The accounts that are billing customers. Only for worker keys. */
      listAccounts: (filter: VydonAccountFilter = {}) =>
        listQuery(billing("listAccounts", filter), (options) => client.billing.listAccounts(filter, options)),
    },
    /** Reads with `client.apiKeys`. */
    apiKeys: {
      /**
       * The keys of these queries begin with `key()`, the keys of one account's list with `key(accountId)`, and the keys of
       * one API key with `key(keyId)`.
       */
      key: idKey(apiKeys),
      /** An account's keys, including expired ones, without their values. */
      list: (accountId: string) =>
        listQuery(apiKeys(accountId, "list"), (options) => client.apiKeys.list(accountId, options)),
      /** One key, without its value. */
      get: (keyId: string) =>
        apiQuery(apiKeys(keyId, "get"), (options) => client.apiKeys.get(keyId, options)),
    },
    /** Reads with `client.auth`. There are no queries for its other methods, because tokens do not belong in a cache. */
    auth: {
      /** The keys of these queries begin with `key()`. */
      key: resourceKey(auth),
      /** Whether the server requires tokens. */
      status: () => apiQuery(auth("status"), (options) => client.auth.status(options)),
    },
    /** Reads with `client.system`. */
    system: {
      /** The keys of these queries begin with `key()`. */
      key: resourceKey(system),
      /** The version, the build and the licence of the server. */
      info: () => apiQuery(system("info"), (options) => client.system.info(options)),
    },
  };
}
