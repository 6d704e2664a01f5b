import type { QueryKey } from "@tanstack/query-core";
import type { OnaLoginFilter, OnaSsoRequest } from "../../ona/accounts.js";
import type { OnaUsageReportRequest, OnaUserUsageSearch } from "../../ona/billing.js";
import type { OnaClient } from "../../ona/client.js";
import type { OnaMemberSearch } from "../../ona/members.js";
import { idKey, keyMaker, resourceKey } from "../keys.js";
import { apiQuery, infiniteListQuery, listQuery, type PageOptions } from "../options.js";
import type { OnaTokenFilter, OnaUsageTime } from "./variables.js";

/** The default beginning of Ona's keys. */
export const onaRoot: QueryKey = ["tenantry", "ona"];

/** Returns the keys of Ona's resources. */
export function onaKeys(root: QueryKey) {
  return {
    accounts: keyMaker(root, "accounts"),
    users: keyMaker(root, "users"),
    organizations: keyMaker(root, "organizations"),
    members: keyMaker(root, "members"),
    invites: keyMaker(root, "invites"),
    billing: keyMaker(root, "billing"),
    tokens: keyMaker(root, "tokens"),
    identity: keyMaker(root, "identity"),
    domains: keyMaker(root, "domains"),
  };
}

/** The query options that {@link onaQueries} returns. */
export type OnaQueries = ReturnType<typeof onaQueries>;

/**
 * Returns query options for the methods of an Ona client that read, with the same names. Options with a name that ends in `Pages` are
 * for infinite queries. Keys are as in {@link vydonQueries}.
 *
 * ```ts
 * const ona = onaQueries(client);
 * const { data, fetchNextPage } = useInfiniteQuery(ona.members.listPages(organizationId, { search: "ada", count: true }));
 * ```
 *
 * @param root - the beginning of every key. Default `["tenantry", "ona"]`.
 */
export function onaQueries(client: OnaClient, root: QueryKey = onaRoot) {
  const { accounts, users, organizations, members, invites, billing, tokens, identity, domains } =
    onaKeys(root);
  return {
    /** The beginning of the keys of all these queries. */
    key: root,
    /** Reads with `client.accounts`. */
    accounts: {
      /** The keys of these queries begin with `key()`. */
      key: resourceKey(accounts),
      /** The caller's account, with its memberships. */
      get: () => apiQuery(accounts("get"), (options) => client.accounts.get(options)),
      /** Organizations that the caller may join. */
      listJoinableOrganizations: () =>
        listQuery(accounts("listJoinableOrganizations"), (options) =>
          client.accounts.listJoinableOrganizations(options),
        ),
      /** The same, as an infinite query. */
      listJoinableOrganizationsPages: (page: PageOptions = {}) =>
        infiniteListQuery(accounts("listJoinableOrganizationsPages", page), (options) =>
          client.accounts.listJoinableOrganizations({ ...page, ...options }),
        ),
      /** Ways to log in. */
      listLoginProviders: (filter: OnaLoginFilter = {}) =>
        listQuery(accounts("listLoginProviders", filter), (options) =>
          client.accounts.listLoginProviders(filter, options),
        ),
      /** The same, as an infinite query. */
      listLoginProvidersPages: (filter: OnaLoginFilter = {}, page: PageOptions = {}) =>
        infiniteListQuery(accounts("listLoginProvidersPages", filter, page), (options) =>
          client.accounts.listLoginProviders(filter, { ...page, ...options }),
        ),
      /** Whether an organization's own single sign-on can be used. */
      allowsCustomLogin: (filter: OnaLoginFilter = {}) =>
        apiQuery(accounts("allowsCustomLogin", filter), (options) =>
          client.accounts.allowsCustomLogin(filter, options),
        ),
      /** The single sign-on logins of an email's domain. */
      listSsoLogins: (login: OnaSsoRequest) =>
        listQuery(accounts("listSsoLogins", login), (options) =>
          client.accounts.listSsoLogins(login, options),
        ),
      /** The same, as an infinite query. */
      listSsoLoginsPages: (login: OnaSsoRequest, page: PageOptions = {}) =>
        infiniteListQuery(accounts("listSsoLoginsPages", login, page), (options) =>
          client.accounts.listSsoLogins(login, { ...page, ...options }),
        ),
      /** The page on which an email's owner logs in by single sign-on. */
      getSsoLoginUrl: (login: OnaSsoRequest) =>
        apiQuery(accounts("getSsoLoginUrl", login), (options) =>
          client.accounts.getSsoLoginUrl(login, options),
        ),
    },
    /** Reads with `client.users`. */
    users: {
      /** The keys of these queries begin with `key()`, and the keys of one user with `key(userId)`. */
      key: idKey(users),
      /** The caller. */
      current: () => apiQuery(users("current"), (options) => client.users.current(options)),
      /** One user of the caller's organization. */
      get: (userId: string) => apiQuery(users(userId, "get"), (options) => client.users.get(userId, options)),
    },
    /** Reads with `client.organizations`. */
    organizations: {
      /** The keys of these queries begin with `key()`, and the keys of one organization with `key(organizationId)`. */
      key: idKey(organizations),
      /** One organization. */
      get: (organizationId: string) =>
        apiQuery(organizations(organizationId, "get"), (options) =>
          client.organizations.get(organizationId, options),
        ),
    },
    /** Reads with `client.members`. */
    members: {
      /** The keys of these queries begin with `key()`, and the keys of one organization with `key(organizationId)`. */
      key: idKey(members),
      /** All members of an organization, or the members that match a search. */
      list: (organizationId: string, search: OnaMemberSearch = {}) =>
        listQuery(members(organizationId, "list", search), (options) =>
          client.members.list(organizationId, { ...search, ...options }),
        ),
      /** The same, as an infinite query. */
      listPages: (organizationId: string, search: OnaMemberSearch = {}, page: PageOptions = {}) =>
        infiniteListQuery(members(organizationId, "listPages", search, page), (options) =>
          client.members.list(organizationId, { ...search, ...page, ...options }),
        ),
    },
    /** Reads with `client.invites`. */
    invites: {
      /**
       * The keys of these queries begin with `key()`. The key of an organization's invite begins with `key(organizationId)`, and
       * the key of an invite's summary with `key(inviteId)`.
       */
      key: idKey(invites),
      /** The invite of an organization. Only for admins. */
      get: (organizationId: string) =>
        apiQuery(invites(organizationId, "get"), (options) => client.invites.get(organizationId, options)),
      /** The organization of an invite. */
      summary: (inviteId: string) =>
        apiQuery(invites(inviteId, "summary"), (options) => client.invites.summary(inviteId, options)),
    },
    /** Reads with `client.billing`. */
    billing: {
      /** The keys of these queries begin with `key()`, and the keys of one organization with `key(organizationId)`. */
      key: idKey(billing),
      /** Usage day by day. */
      usageReport: (organizationId: string, report: OnaUsageReportRequest) =>
        apiQuery(billing(organizationId, "usageReport", report), (options) =>
          client.billing.usageReport(organizationId, report, options),
        ),
      /** Usage in the billing period. */
      cumulativeUsage: (organizationId: string, usage: OnaUsageTime = {}) =>
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
    /** Reads with `client.tokens`. No query contains a secret. */
    tokens: {
      /** The keys of these queries begin with `key()`, and the keys of one token with `key(tokenId)`. */
      key: idKey(tokens),
      /** One token, without its secret. */
      get: (tokenId: string) =>
        apiQuery(tokens(tokenId, "get"), (options) => client.tokens.get(tokenId, options)),
      /** The caller's tokens, or the tokens of other users. */
      list: (filter: OnaTokenFilter = {}) =>
        listQuery(tokens("list", filter), (options) => client.tokens.list(filter, options)),
      /** The same, as an infinite query. */
      listPages: (filter: OnaTokenFilter = {}, page: PageOptions = {}) =>
        infiniteListQuery(tokens("listPages", filter, page), (options) =>
          client.tokens.list(filter, { ...page, ...options }),
        ),
    },
    /** Reads with `client.identity`. */
    identity: {
      /** The keys of these queries begin with `key()`. */
      key: resourceKey(identity),
      /** The caller's identity, and the organization of the token. */
      current: () => apiQuery(identity("current"), (options) => client.identity.current(options)),
    },
    /** Reads with `client.domains`. */
    domains: {
      /**
       * The keys of these queries begin with `key()`, the keys of one organization with `key(organizationId)`, and the keys of
       * one domain with `key(domainId)`.
       */
      key: idKey(domains),
      /** The domains of an organization. */
      list: (organizationId: string) =>
        listQuery(domains(organizationId, "list"), (options) => client.domains.list(organizationId, options)),
      /** The same, as an infinite query. */
      listPages: (organizationId: string, page: PageOptions = {}) =>
        infiniteListQuery(domains(organizationId, "listPages", page), (options) =>
          client.domains.list(organizationId, { ...page, ...options }),
        ),
      /** One domain. */
      get: (domainId: string) =>
        apiQuery(domains(domainId, "get"), (options) => client.domains.get(domainId, options)),
    },
  };
}
