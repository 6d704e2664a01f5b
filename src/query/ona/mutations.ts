import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { OnaUsageExportRequest } from "../../ona/billing.js";
import type { OnaClient } from "../../ona/client.js";
import type { OnaAccountMembership as Membership } from "../../ona/models/account.js";
import type { OnaDomain } from "../../ona/models/domain.js";
import type { OnaMember } from "../../ona/models/member.js";
import type { OnaAssignableRole } from "../../ona/models/organization.js";
import { editData, editItems, removeItem } from "../cache-edits.js";
import { apiMutation } from "../mutation.js";
import type {
  NewRole,
  OfAccount,
  OfDomain,
  OfInvite,
  OfOrganization,
  OfOrganizationMember,
  OfToken,
  OfUser,
} from "../variables.js";
import { onaKeys, onaQueries, onaRoot } from "./queries.js";
import type {
  OnaBlock,
  OnaDeletion,
  OnaNewDomain,
  OnaNewOrganization,
  OnaNewToken,
  OnaOrganizationChanges,
} from "./variables.js";

/** The mutation options that {@link onaMutations} returns. */
export type OnaMutations = ReturnType<typeof onaMutations>;

/**
 * Returns mutation options for the methods of an Ona client that write, with the same names. A success invalidates
 * the queries of {@link onaQueries} that it makes stale. `withCache` and `optimistic` are as in {@link vydonMutations}.
 * There are no options for `identity.exchangeToken`, because tokens do not belong in a cache.
 *
 * @param root - the beginning of the queries' keys. Default `["tenantry", "ona"]`.
 */
export function onaMutations(client: OnaClient, queryClient: QueryClient, root: QueryKey = onaRoot) {
  const keys = onaKeys(root);
  const { accounts, users, organizations, members, invites, billing, tokens, domains } = keys;
  const queries = onaQueries(client, root);
  const everything = () => Object.values(keys).map((key) => key());

  /** Changes a membership in the caller's account. */
  const editMembership = (by: "organizationId" | "userId", id: string, changes: Partial<Membership>) =>
    editData(queries.accounts.get().queryKey, ({ memberships, ...account }) => ({
      ...account,
      memberships: memberships.map((one) => (one[by] === id ? { ...one, ...changes } : one)),
    }));
  const editMember = (list: QueryKey, userId: string, changes: Partial<OnaMember>) =>
    editItems(list, (member: OnaMember) => (member.userId === userId ? { ...member, ...changes } : member));
  const editStatus = (userId: string, status: OnaMember["status"]) => [
    editMember(members(), userId, { status }),
    editData(queries.users.get(userId).queryKey, (user) => ({ ...user, status })),
  ];

  return {
    /** Writes with `client.accounts`. */
    accounts: {
      /** Deletes an account that is in no organization. */
      delete: apiMutation(queryClient, {
        key: accounts("delete"),
        run: ({ accountId, ...deletion }: OfAccount & OnaDeletion) =>
          client.accounts.delete(accountId, deletion),
        touches: everything,
      }),
      /** Blocks an account. Stops its environments and ends its subscriptions. */
      block: apiMutation(queryClient, {
        key: accounts("block"),
        run: ({ accountId, ...block }: OfAccount & OnaBlock) => client.accounts.block(accountId, block),
        // The account may be the caller's, who then may not call any method.
        touches: everything,
      }),
      /** Unblocks an account. */
      unblock: apiMutation(queryClient, {
        key: accounts("unblock"),
        run: ({ accountId }: OfAccount) => client.accounts.unblock(accountId),
        touches: () => [accounts()],
      }),
    },
    /** Writes with `client.users`. */
    users: {
      /** Suspends a user of the organization. Only for admins. */
      suspend: apiMutation(queryClient, {
        key: users("suspend"),
        run: ({ userId }: OfUser) => client.users.suspend(userId),
        touches: () => [users(), members()],
        optimisticEdits: ({ userId }) => editStatus(userId, "suspended"),
      }),
      /** Ends a user's suspension. Only for admins. */
      unsuspend: apiMutation(queryClient, {
        key: users("unsuspend"),
        run: ({ userId }: OfUser) => client.users.unsuspend(userId),
        touches: () => [users(), members()],
        optimisticEdits: ({ userId }) => editStatus(userId, "active"),
      }),
      /** Deletes a user for good. */
      delete: apiMutation(queryClient, {
        key: users("delete"),
        run: ({ userId }: OfUser) => client.users.delete(userId),
        // The user may be the caller. Their account and tokens are then deleted too.
        touches: everything,
      }),
    },
    /** Writes with `client.organizations`. */
    organizations: {
      /** Creates an organization. */
      create: apiMutation(queryClient, {
        key: organizations("create"),
        run: (organization: OnaNewOrganization) => client.organizations.create(organization),
        touches: () => [accounts()],
      }),
      /** Changes an organization. Only for admins. */
      update: apiMutation(queryClient, {
        key: organizations("update"),
        run: ({ organizationId, ...changes }: OfOrganization & OnaOrganizationChanges) =>
          client.organizations.update(organizationId, changes),
        // The lists of `accounts` and the summaries of invites contain its name.
        touches: ({ organizationId }) => [organizations(organizationId), accounts(), invites()],
        optimisticEdits: ({ organizationId, name, inviteDomains }) => [
          editData(queries.organizations.get(organizationId).queryKey, (organization) => ({
            ...organization,
            ...(name !== undefined && { name }),
            ...(inviteDomains !== undefined && { inviteDomains }),
          })),
          editMembership(
            "organizationId",
            organizationId,
            name === undefined ? {} : { organizationName: name },
          ),
        ],
        resultEdits: (organization, { organizationId }) => [
          editData(queries.organizations.get(organizationId).queryKey, () => organization),
        ],
      }),
      /** Deletes an organization for good. Only for admins. */
      delete: apiMutation(queryClient, {
        key: organizations("delete"),
        run: ({ organizationId }: OfOrganization) => client.organizations.delete(organizationId),
        touches: everything,
      }),
      /** Joins an organization that is open to the caller's email domain. */
      join: apiMutation(queryClient, {
        key: organizations("join"),
        run: ({ organizationId }: OfOrganization) => client.organizations.join(organizationId),
        touches: ({ organizationId }) => [accounts(), members(organizationId), invites()],
      }),
    },
    /** Writes with `client.members`. */
    members: {
      /** Removes a member, or leaves the organization. */
      remove: apiMutation(queryClient, {
        key: members("remove"),
        run: ({ organizationId, userId }: OfOrganizationMember) =>
          client.members.remove(organizationId, userId),
        // Lists of organizations contain the number of members. The user may be the caller, whose tokens end too.
        touches: everything,
        optimisticEdits: ({ organizationId, userId }) => [
          removeItem(members(organizationId), userId, "userId"),
        ],
      }),
      /** Changes a member's role. Only for admins. */
      setRole: apiMutation(queryClient, {
        key: members("setRole"),
        run: ({ organizationId, userId, role }: OfOrganizationMember & NewRole<OnaAssignableRole>) =>
          client.members.setRole(organizationId, userId, role),
        // `accounts.get` contains the caller's own role.
        touches: ({ organizationId }) => [members(organizationId), accounts()],
        optimisticEdits: ({ organizationId, userId, role }) => [
          editMember(members(organizationId), userId, { role }),
          editMembership("userId", userId, { userRole: role }),
        ],
      }),
    },
    /** Writes with `client.invites`. */
    invites: {
      /** Replaces an organization's invite. Only for admins. */
      create: apiMutation(queryClient, {
        key: invites("create"),
        run: ({ organizationId }: OfOrganization) => client.invites.create(organizationId),
        // The previous invite stops working.
        touches: () => [invites()],
        resultEdits: (invite, { organizationId }) => [
          editData(queries.invites.get(organizationId).queryKey, () => invite),
        ],
      }),
      /** Joins the organization of an invite. */
      accept: apiMutation(queryClient, {
        key: invites("accept"),
        run: ({ inviteId }: OfInvite) => client.invites.accept(inviteId),
        touches: () => [accounts(), members(), invites()],
      }),
    },
    /** Writes with `client.billing`. */
    billing: {
      /** Exports usage to a file. It is a mutation because its URL is valid for only five minutes, which is too short for a cache. */
      exportUsage: apiMutation(queryClient, {
        key: billing("exportUsage"),
        run: ({ organizationId, ...request }: OfOrganization & OnaUsageExportRequest) =>
          client.billing.exportUsage(organizationId, request),
        touches: () => [],
      }),
    },
    /** Writes with `client.tokens`. */
    tokens: {
      /** Creates a token. Only the result contains its secret. */
      create: apiMutation(queryClient, {
        key: tokens("create"),
        run: ({ userId, ...token }: OfUser & OnaNewToken) => client.tokens.create(userId, token),
        touches: () => [tokens()],
      }),
      /** Deletes a token. It stops working at once. */
      delete: apiMutation(queryClient, {
        key: tokens("delete"),
        run: ({ tokenId }: OfToken) => client.tokens.delete(tokenId),
        touches: () => [tokens()],
        optimisticEdits: ({ tokenId }) => [removeItem(tokens(), tokenId)],
      }),
    },
    /** Writes with `client.domains`. */
    domains: {
      /** Adds a domain, which must then be verified. */
      create: apiMutation(queryClient, {
        key: domains("create"),
        run: ({ organizationId, ...verification }: OfOrganization & OnaNewDomain) =>
          client.domains.create(organizationId, verification),
        touches: ({ organizationId }) => [domains(organizationId)],
      }),
      /** Looks for the `verificationToken` in a domain's DNS. */
      verify: apiMutation(queryClient, {
        key: domains("verify"),
        run: ({ domainId }: OfDomain) => client.domains.verify(domainId),
        touches: () => [domains()],
        resultEdits: (verified) => [
          editData(queries.domains.get(verified.id).queryKey, () => verified),
          editItems(domains(), (domain: OnaDomain) => (domain.id === verified.id ? verified : domain)),
        ],
      }),
      /** Deletes a domain. */
      delete: apiMutation(queryClient, {
        key: domains("delete"),
        run: ({ domainId }: OfDomain) => client.domains.delete(domainId),
        touches: () => [domains()],
        optimisticEdits: ({ domainId }) => [removeItem(domains(), domainId)],
      }),
    },
  };
}
