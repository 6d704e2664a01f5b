import type { OnaClient } from "../ona/client.js";
import type { OnaMemberSearch } from "../ona/members.js";
import { idKey } from "./keys.js";
import type { OnaKeys } from "./ona-keys.js";
import { apiQuery, infiniteListQuery, listQuery, type PageOptions } from "./options.js";

/** Reads `client.organizations`, `client.members`, `client.invites` and `client.domains`. */
export function onaOrganizationQueries(client: OnaClient, keys: OnaKeys) {
  const { organizations, members, invites, domains } = keys;
  return {
    /** Reads `client.organizations`. */
    organizations: {
      /** These queries have keys that begin with `key()`, and those of one organization with `key(organizationId)`. */
      key: idKey(organizations),
      /** One organization. */
      get: (organizationId: string) =>
        apiQuery(organizations(organizationId, "get"), (options) =>
          client.organizations.get(organizationId, options),
        ),
    },
    /** Reads `client.members`. */
    members: {
      /** These queries have keys that begin with `key()`, and those of one organization with `key(organizationId)`. */
      key: idKey(members),
      /** All members of an organization, or those that match a search. */
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
    /** Reads `client.invites`. */
    invites: {
      /**
       * These queries have keys that begin with `key()`, that of an organization's invite with `key(organizationId)`, and that of
       * what an invite leads to with `key(inviteId)`.
       */
      key: idKey(invites),
      /** The invite of an organization; for admins. */
      get: (organizationId: string) =>
        apiQuery(invites(organizationId, "get"), (options) => client.invites.get(organizationId, options)),
      /** The organization that an invite leads to. */
      summary: (inviteId: string) =>
        apiQuery(invites(inviteId, "summary"), (options) => client.invites.summary(inviteId, options)),
    },
    /** Reads `client.domains`. */
    domains: {
      /**
       * These queries have keys that begin with `key()`, those of one organization with `key(organizationId)`, and that of one
       * domain with `key(domainId)`.
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
