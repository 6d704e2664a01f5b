import type { OnaUsageReportRequest, OnaUserUsageSearch } from "../ona/billing.js";
import type { OnaClient } from "../ona/client.js";
import { idKey, resourceKey } from "./keys.js";
import type { OnaKeys } from "./ona-keys.js";
import { apiQuery, infiniteListQuery, listQuery, type PageOptions } from "./options.js";

/** Reads `client.users`, `client.tokens`, `client.identity` and `client.billing`. */
export function onaUserQueries(client: OnaClient, { users, tokens, identity, billing }: OnaKeys) {
  return {
    /** Reads `client.users`. */
    users: {
      /** These queries have keys that begin with `key()`, and that of one user with `key(userId)`. */
      key: idKey(users),
      /** The caller. */
      current: () => apiQuery(users("current"), (options) => client.users.current(options)),
      /** One user of the caller's organization. */
      get: (userId: string) => apiQuery(users(userId, "get"), (options) => client.users.get(userId, options)),
    },
    /** Reads `client.tokens`. No query has a secret. */
    tokens: {
      /** These queries have keys that begin with `key()`, and that of one token with `key(tokenId)`. */
      key: idKey(tokens),
      /** What is known of one token. */
      get: (tokenId: string) =>
        apiQuery(tokens(tokenId, "get"), (options) => client.tokens.get(tokenId, options)),
      /** The caller's tokens, or those of some users. */
      list: (filter: { userIds?: readonly string[] | undefined } = {}) =>
        listQuery(tokens("list", filter), (options) => client.tokens.list(filter, options)),
      /** The same, as an infinite query. */
      listPages: (filter: { userIds?: readonly string[] | undefined } = {}, page: PageOptions = {}) =>
        infiniteListQuery(tokens("listPages", filter, page), (options) =>
          client.tokens.list(filter, { ...page, ...options }),
        ),
    },
    /** Reads `client.identity`. */
    identity: {
      /** These queries have keys that begin with `key()`. */
      key: resourceKey(identity),
      /** Who the client is, and in which organization. */
      current: () => apiQuery(identity("current"), (options) => client.identity.current(options)),
    },
    /** Reads `client.billing`. */
    billing: {
      /** These queries have keys that begin with `key()`, and those of one organization with `key(organizationId)`. */
      key: idKey(billing),
      /** Usage day by day. */
      usageReport: (organizationId: string, report: OnaUsageReportRequest) =>
        apiQuery(billing(organizationId, "usageReport", report), (options) =>
          client.billing.usageReport(organizationId, report, options),
        ),
      /** Usage in the billing period. */
      cumulativeUsage: (organizationId: string, usage: { asOf?: Date | undefined } = {}) =>
        apiQuery(billing(organizationId, "cumulativeUsage", usage), (options) =>
          client.billing.cumulativeUsage(organizationId, usage, options),
        ),
      /** All users with their usage and their budgets. */
      listUserUsage: (organizationId: string, search: OnaUserUsageSearch = {}) =>
        listQuery(billing(organizationId, "listUserUsage", search), (options) =>
          client.billing.listUserUsage(organizationId, search, options),
        ),
      /** The same, as an infinite query. */
      listUserUsagePages: (organizationId: string, search: OnaUserUsageSearch = {}, page: PageOptions = {}) =>
        infiniteListQuery(billing(organizationId, "listUserUsagePages", search, page), (options) =>
          client.billing.listUserUsage(organizationId, search, { ...page, ...options }),
        ),
    },
  };
}
