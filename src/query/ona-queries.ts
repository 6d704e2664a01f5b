import type { QueryKey } from "@tanstack/query-core";
import type { LoginFilter, SsoRequest } from "../ona/accounts.js";
import type { OnaClient } from "../ona/client.js";
import { keyMaker, resourceKey } from "./keys.js";
import { apiQuery, infiniteListQuery, listQuery, type PageOptions } from "./options.js";

/** What Ona's keys begin with by default. */
export const onaRoot: QueryKey = ["tenantry", "ona"];

/** What {@link onaQueries} returns. */
export type OnaQueries = ReturnType<typeof onaQueries>;

/**
 * Query options for everything that an Ona client reads, with the names of the client's methods. Those named `…Pages` are
 * for infinite queries. Keys are as in {@link vydonQueries}.
 *
 * @param root - what every key begins with. Default `["tenantry", "ona"]`.
 */
export function onaQueries({ accounts: api }: Pick<OnaClient, "accounts">, root: QueryKey = onaRoot) {
  const accounts = keyMaker(root, "accounts");
  return {
    /** All these queries have keys that begin with this. */
    key: root,
    /** Reads `client.accounts`. */
    accounts: {
      /** These queries have keys that begin with `key()`. */
      key: resourceKey(accounts),
      /** The caller's account, with its memberships. */
      get: () => apiQuery(accounts("get"), (options) => api.get(options)),
      /** Organizations that the caller may join. */
      listJoinableOrganizations: () =>
        listQuery(accounts("listJoinableOrganizations"), (options) => api.listJoinableOrganizations(options)),
      /** The same, as an infinite query. */
      listJoinableOrganizationsPages: (page: PageOptions = {}) =>
        infiniteListQuery(accounts("listJoinableOrganizationsPages", page), (options) =>
          api.listJoinableOrganizations({ ...page, ...options }),
        ),
      /** Ways to log in. */
      listLoginProviders: (filter: LoginFilter = {}) =>
        listQuery(accounts("listLoginProviders", filter), (options) =>
          api.listLoginProviders(filter, options),
        ),
      /** The same, as an infinite query. */
      listLoginProvidersPages: (filter: LoginFilter = {}, page: PageOptions = {}) =>
        infiniteListQuery(accounts("listLoginProvidersPages", filter, page), (options) =>
          api.listLoginProviders(filter, { ...page, ...options }),
        ),
      /** Whether an organization's own single sign-on can be used. */
      allowsCustomLogin: (filter: LoginFilter = {}) =>
        apiQuery(accounts("allowsCustomLogin", filter), (options) => api.allowsCustomLogin(filter, options)),
      /** The single sign-on logins of an email's domain. */
      listSsoLogins: (login: SsoRequest) =>
        listQuery(accounts("listSsoLogins", login), (options) => api.listSsoLogins(login, options)),
      /** The same, as an infinite query. */
      listSsoLoginsPages: (login: SsoRequest, page: PageOptions = {}) =>
        infiniteListQuery(accounts("listSsoLoginsPages", login, page), (options) =>
          api.listSsoLogins(login, { ...page, ...options }),
        ),
      /** The page on which an email's owner logs in by single sign-on. */
      getSsoLoginUrl: (login: SsoRequest) =>
        apiQuery(accounts("getSsoLoginUrl", login), (options) => api.getSsoLoginUrl(login, options)),
    },
  };
}
