import type { QueryKey } from "@tanstack/query-core";
import type { VydonBilling } from "../../vydon/billing.js";
import type { VydonClient } from "../../vydon/client.js";
import type { VydonResourcePermission } from "../../vydon/models/permission.js";
import { idKey, keyMaker, resourceKey } from "../keys.js";
import { apiQuery, listQuery } from "../options.js";

/** What Vydon's keys begin with by default. */
export const vydonRoot: QueryKey = ["tenantry", "vydon"];

/** The keys of Vydon's resources. */
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

/** What {@link vydonQueries} returns. */
export type VydonQueries = ReturnType<typeof vydonQueries>;

/**
 * Query options for everything that a Vydon client reads, with the names of the client's methods.
 *
 * ```ts
 * const vydon = vydonQueries(client);
 * const { data: members } = useQuery(vydon.members.list(accountId));
 * await queryClient.invalidateQueries({ queryKey: vydon.members.key(accountId) });
 * ```
 *
 * Keys are hierarchical: `["tenantry", "vydon", "members", accountId, "list"]`. Each resource has a `key`: the keys of all
 * its queries begin with `key()`, and those of one account with `key(accountId)`.
 *
 * @param root - what every key begins with. Default `["tenantry", "vydon"]`. If one QueryClient has data of several users or
 * several servers, give each its own root, such as `["vydon", userId]`, and the same root to {@link vydonMutations}.
 */
export function vydonQueries(client: VydonClient, root: QueryKey = vydonRoot) {
  const { users, accounts, members, invites, permissions, billing, apiKeys, auth, system } = vydonKeys(root);
  return {
    /** All these queries have keys that begin with this. */
    key: root,
    /** Reads `client.users`. */
    users: {
      /** These queries have keys that begin with `key()`. */
      key: resourceKey(users),
      /** The caller. */
      current: () => apiQuery(users("current"), (options) => client.users.current(options)),
    },
    /** Reads `client.accounts`. */
    accounts: {
      /** These queries have keys that begin with `key()`, and those of one account with `key(accountId)`. */
      key: idKey(accounts),
      /** The accounts that the caller belongs to. */
      list: () => listQuery(accounts("list"), (options) => client.accounts.list(options)),
      /** Whether the caller belongs to an account. */
      includesMe: (accountId: string) =>
        apiQuery(accounts(accountId, "includesMe"), (options) =>
          client.accounts.includesMe(accountId, options),
        ),
      /** How far an account has come with its set-up. */
      getOnboarding: (accountId: string) =>
        apiQuery(accounts(accountId, "getOnboarding"), (options) =>
          client.accounts.getOnboarding(accountId, options),
        ),
      /** Where a self-hosted account's jobs run. */
      getTemporalConfig: (accountId: string) =>
        apiQuery(accounts(accountId, "getTemporalConfig"), (options) =>
          client.accounts.getTemporalConfig(accountId, options),
        ),
    },
    /** Reads `client.members`. */
    members: {
      /** These queries have keys that begin with `key()`, and those of one account with `key(accountId)`. */
      key: idKey(members),
      /** Who is in a team account. */
      list: (accountId: string) =>
        listQuery(members(accountId, "list"), (options) => client.members.list(accountId, options)),
    },
    /** Reads `client.invites`. */
    invites: {
      /** These queries have keys that begin with `key()`, and those of one account with `key(accountId)`. */
      key: idKey(invites),
      /** An account's open invites. */
      list: (accountId: string) =>
        listQuery(invites(accountId, "list"), (options) => client.invites.list(accountId, options)),
    },
    /** Reads `client.permissions`. */
    permissions: {
      /** These queries have keys that begin with `key()`, and those of one account with `key(accountId)`. */
      key: idKey(permissions),
      /** Whether the caller may do one thing. */
      check: (accountId: string, resource: VydonResourcePermission) =>
        apiQuery(permissions(accountId, "check", resource), (options) =>
          client.permissions.check(accountId, resource, options),
        ),
      /** Whether the caller may do each of several things, in their order. */
      checkAll: (accountId: string, resources: readonly VydonResourcePermission[]) =>
        apiQuery(permissions(accountId, "checkAll", resources), (options) =>
          client.permissions.checkAll(accountId, resources, options),
        ),
    },
    /** Reads `client.billing`. */
    billing: {
      /** These queries have keys that begin with `key()`, and those of one account with `key(accountId)`. */
      key: idKey(billing),
      /** What an account has used in this billing period. */
      status: (accountId: string) =>
        apiQuery(billing(accountId, "status"), (options) => client.billing.status(accountId, options)),
      /** Whether an account may be used, and if not, why. */
      validity: (accountId: string, usage: Parameters<VydonBilling["validity"]>[1] = {}) =>
        apiQuery(billing(accountId, "validity", usage), (options) =>
          client.billing.validity(accountId, usage, options),
        ),
      /** The accounts that are billing customers; for worker keys only. */
      listAccounts: (filter: Parameters<VydonBilling["listAccounts"]>[0] = {}) =>
        listQuery(billing("listAccounts", filter), (options) => client.billing.listAccounts(filter, options)),
    },
    /** Reads `client.apiKeys`. */
    apiKeys: {
      /**
       * These queries have keys that begin with `key()`, the list of one account with `key(accountId)`, and one API key's with
       * `key(keyId)`.
       */
      key: idKey(apiKeys),
      /** An account's keys, expired ones too, without their values. */
      list: (accountId: string) =>
        listQuery(apiKeys(accountId, "list"), (options) => client.apiKeys.list(accountId, options)),
      /** One key, without its value. */
      get: (keyId: string) =>
        apiQuery(apiKeys(keyId, "get"), (options) => client.apiKeys.get(keyId, options)),
    },
    /** Reads `client.auth`. Tokens do not belong in a cache, so there is nothing more of it. */
    auth: {
      /** These queries have keys that begin with `key()`. */
      key: resourceKey(auth),
      /** Whether the server asks for tokens. */
      status: () => apiQuery(auth("status"), (options) => client.auth.status(options)),
    },
    /** Reads `client.system`. */
    system: {
      /** These queries have keys that begin with `key()`. */
      key: resourceKey(system),
      /** What the server is and runs. */
      info: () => apiQuery(system("info"), (options) => client.system.info(options)),
    },
  };
}
