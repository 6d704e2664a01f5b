import type { QueryKey } from "@tanstack/query-core";
import type { LoginFilter, SsoRequest } from "../ona/accounts.js";
import type { OnaClient } from "../ona/client.js";
import { resourceKey } from "./keys.js";
import { apiQuery, infiniteListQuery, listQuery, type PageOptions } from "./options.js";

/** What Ona's keys begin with by default. */
export const onaRoot: QueryKey = ["tenantry", "ona"];

/** What {@link onaQueries} answers. */
export type OnaQueries = ReturnType<typeof onaQueries>;

/**
 * Query options for all that an Ona client reads, named as the client's own methods are; what is called `…Pages` is for
 * infinite queries. Keys are as in {@link vydonQueries}.
 *
 * @param root - what every key begins with. Default `["tenantry", "ona"]`.
 */
export function onaQueries({ accounts: api }: Pick<OnaClient, "accounts">, root: QueryKey = onaRoot) {
  const accounts = resourceKey(root, "accounts");
  return {
    /** Begins the keys of all these queries. */
    key: root,
    /** Reads `client.accounts`. */
    accounts: {
      /** Begins the keys of these queries. */
      key: accounts,
      /** The caller's account, with its memberships. */
      get: () => apiQuery(accounts("get"), (options) => api.get(options)),
      /** Organizations that the caller's email opens to them. */
      listJoinableOrganizations: () =>
        listQuery(accounts("listJoinableOrganizations"), (options) => api.listJoinableOrganizations(options)),
      /** The same, page by page. */
      listJoinableOrganizationsPages: (page: PageOptions = {}) =>
        infiniteListQuery(accounts("listJoinableOrganizationsPages", page), (options) =>
          api.listJoinableOrganizations({ ...page, ...options }),
        ),
      /** Ways to log in. */
      listLoginProviders: (filter: LoginFilter = {}) =>
        listQuery(accounts("listLoginProviders", filter), (options) =>
          api.listLoginProviders(filter, options),
        ),
      /** The same, page by page. */
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
      /** The same, page by page. */
      listSsoLoginsPages: (login: SsoRequest, page: PageOptions = {}) =>
        infiniteListQuery(accounts("listSsoLoginsPages", login, page), (options) =>
          api.listSsoLogins(login, { ...page, ...options }),
        ),
      /** Where an email's owner logs in by single sign-on. */
      getSsoLoginUrl: (login: SsoRequest) =>
        apiQuery(accounts("getSsoLoginUrl", login), (options) => api.getSsoLoginUrl(login, options)),
    },
  };
}
