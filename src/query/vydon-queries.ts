import type { QueryKey } from "@tanstack/query-core";
import type { VydonClient } from "../vydon/client.js";
import type { ResourcePermission } from "../vydon/models.js";
import { resourceKey } from "./keys.js";
import { apiQuery, listQuery } from "./options.js";

/** What Vydon's keys begin with by default. */
export const vydonRoot: QueryKey = ["tenantry", "vydon"];

/** The keys of Vydon's resources. */
export function vydonKeys(root: QueryKey) {
  return {
    users: resourceKey(root, "users"),
    accounts: resourceKey(root, "accounts"),
    members: resourceKey(root, "members"),
    invites: resourceKey(root, "invites"),
    permissions: resourceKey(root, "permissions"),
    billing: resourceKey(root, "billing"),
    system: resourceKey(root, "system"),
  };
}

/** What {@link vydonQueries} answers. */
export type VydonQueries = ReturnType<typeof vydonQueries>;

/**
 * Query options for all that a Vydon client reads, named as the client's own methods are.
 *
 * ```ts
 * const vydon = vydonQueries(client);
 * const { data: members } = useQuery(vydon.members.list(accountId));
 * await queryClient.invalidateQueries({ queryKey: vydon.members.key(accountId) });
 * ```
 *
 * Keys are hierarchical: `["tenantry", "vydon", "members", accountId, "list"]`. Each resource has a `key`, which begins
 * the keys of all its queries; with an account's id, the keys of that account's.
 *
 * @param root - what every key begins with. Where one QueryClient holds the answers to several people, or of several
 * servers, give each its own, such as `["vydon", userId]`, and {@link vydonMutations} the same. Default
 * `["tenantry", "vydon"]`.
 */
export function vydonQueries(client: VydonClient, root: QueryKey = vydonRoot) {
  const { users, accounts, members, invites, permissions, billing, system } = vydonKeys(root);
  return {
    /** Begins the keys of all these queries. */
    key: root,
    users: {
      key: users,
      current: () => apiQuery(users("current"), (options) => client.users.current(options)),
    },
    accounts: {
      key: accounts,
      list: () => listQuery(accounts("list"), (options) => client.accounts.list(options)),
      includesMe: (accountId: string) =>
        apiQuery(accounts(accountId, "includesMe"), (options) =>
          client.accounts.includesMe(accountId, options),
        ),
      getOnboarding: (accountId: string) =>
        apiQuery(accounts(accountId, "getOnboarding"), (options) =>
          client.accounts.getOnboarding(accountId, options),
        ),
      getTemporalConfig: (accountId: string) =>
        apiQuery(accounts(accountId, "getTemporalConfig"), (options) =>
          client.accounts.getTemporalConfig(accountId, options),
        ),
    },
    members: {
      key: members,
      list: (accountId: string) =>
        listQuery(members(accountId, "list"), (options) => client.members.list(accountId, options)),
    },
    invites: {
      key: invites,
      list: (accountId: string) =>
        listQuery(invites(accountId, "list"), (options) => client.invites.list(accountId, options)),
    },
    permissions: {
      key: permissions,
      check: (accountId: string, resource: ResourcePermission) =>
        apiQuery(permissions(accountId, "check", resource), (options) =>
          client.permissions.check(accountId, resource, options),
        ),
      checkAll: (accountId: string, resources: readonly ResourcePermission[]) =>
        apiQuery(permissions(accountId, "checkAll", resources), (options) =>
          client.permissions.checkAll(accountId, resources, options),
        ),
    },
    billing: {
      key: billing,
      status: (accountId: string) =>
        apiQuery(billing(accountId, "status"), (options) => client.billing.status(accountId, options)),
      validity: (accountId: string, usage: { requestedRecordCount?: number | undefined } = {}) =>
        apiQuery(billing(accountId, "validity", usage), (options) =>
          client.billing.validity(accountId, usage, options),
        ),
      listAccounts: (filter: { accountIds?: readonly string[] | undefined } = {}) =>
        listQuery(billing("listAccounts", filter), (options) => client.billing.listAccounts(filter, options)),
    },
    system: {
      key: system,
      info: () => apiQuery(system("info"), (options) => client.system.info(options)),
    },
  };
}
