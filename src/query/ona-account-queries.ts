import type { OnaLoginFilter, OnaSsoRequest } from "../ona/accounts.js";
import type { OnaClient } from "../ona/client.js";
import { resourceKey } from "./keys.js";
import type { OnaKeys } from "./ona-keys.js";
import { apiQuery, infiniteListQuery, listQuery, type PageOptions } from "./options.js";

/** Reads `client.accounts`. */
export function onaAccountQueries(client: OnaClient, { accounts }: OnaKeys) {
  return {
    /** These queries have keys that begin with `key()`. */
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
      listQuery(accounts("listSsoLogins", login), (options) => client.accounts.listSsoLogins(login, options)),
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
  };
}
