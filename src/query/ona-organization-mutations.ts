import type { OnaClient } from "../ona/client.js";
import type { OnaAssignableRole } from "../ona/models/organization.js";
import type { MutationMaker } from "./mutation.js";
import type { OnaKeys } from "./ona-keys.js";

/** Writes by `client.organizations`, `client.members`, `client.invites` and `client.domains`. */
export function onaOrganizationMutations(client: OnaClient, mutation: MutationMaker, keys: OnaKeys) {
  const { accounts, users, organizations, members, invites, domains } = keys;
  return {
    /** Writes by `client.organizations`. */
    organizations: {
      /** Creates an organization. */
      create: mutation({
        key: organizations("create"),
        run: (organization: Parameters<OnaClient["organizations"]["create"]>[0]) =>
          client.organizations.create(organization),
        touches: () => [accounts()],
      }),
      /** Changes an organization; for admins. */
      update: mutation({
        key: organizations("update"),
        run: ({
          organizationId,
          ...changes
        }: {
          /** UUID of the organization. */
          organizationId: string;
        } & Parameters<OnaClient["organizations"]["update"]>[1]) =>
          client.organizations.update(organizationId, changes),
        // The lists of `accounts` and what invites lead to have its name.
        touches: ({ organizationId }) => [organizations(organizationId), accounts(), invites()],
      }),
      /** Deletes an organization for good; for admins. */
      delete: mutation({
        key: organizations("delete"),
        run: ({
          organizationId,
        }: {
          /** UUID of the organization. */
          organizationId: string;
        }) => client.organizations.delete(organizationId),
        touches: () => Object.values(keys).map((key) => key()),
      }),
      /** Joins an organization that the caller's email domain opens. */
      join: mutation({
        key: organizations("join"),
        run: ({
          organizationId,
        }: {
          /** UUID of the organization. */
          organizationId: string;
        }) => client.organizations.join(organizationId),
        touches: ({ organizationId }) => [accounts(), members(organizationId), invites()],
      }),
    },
    /** Writes by `client.members`. */
    members: {
      /** Removes a member, or leaves the organization. */
      remove: mutation({
        key: members("remove"),
        run: ({
          organizationId,
          userId,
        }: {
          /** UUID of the organization. */
          organizationId: string;
          /** UUID; a member's `userId`. */
          userId: string;
        }) => client.members.remove(organizationId, userId),
        // Lists of organizations have the number of their members.
        touches: ({ organizationId }) => [members(organizationId), users(), accounts(), invites()],
      }),
      /** Changes a member's role; for admins. */
      setRole: mutation({
        key: members("setRole"),
        run: ({
          organizationId,
          userId,
          role,
        }: {
          /** UUID of the organization. */
          organizationId: string;
          /** UUID; a member's `userId`. */
          userId: string;
          /** The new role. */
          role: OnaAssignableRole;
        }) => client.members.setRole(organizationId, userId, role),
        // `accounts.get` has the caller's own role.
        touches: ({ organizationId }) => [members(organizationId), accounts()],
      }),
    },
    /** Writes by `client.invites`. */
    invites: {
      /** Makes an organization's invite anew; for admins. */
      create: mutation({
        key: invites("create"),
        run: ({
          organizationId,
        }: {
          /** UUID of the organization. */
          organizationId: string;
        }) => client.invites.create(organizationId),
        // The invite before it leads nowhere any more.
        touches: () => [invites()],
      }),
      /** Joins the organization that an invite leads to. */
      accept: mutation({
        key: invites("accept"),
        run: ({
          inviteId,
        }: {
          /** UUID; an invite's `id`. */
          inviteId: string;
        }) => client.invites.accept(inviteId),
        touches: () => [accounts(), members(), invites()],
      }),
    },
    /** Writes by `client.domains`. */
    domains: {
      /** Adds a domain, which has to be proved. */
      create: mutation({
        key: domains("create"),
        run: ({
          organizationId,
          ...verification
        }: {
          /** UUID of the organization. */
          organizationId: string;
          /** Such as `example.com`. */
          domain: string;
        }) => client.domains.create(organizationId, verification),
        touches: ({ organizationId }) => [domains(organizationId)],
      }),
      /** Looks for the proof in a domain's DNS. */
      verify: mutation({
        key: domains("verify"),
        run: ({
          domainId,
        }: {
          /** UUID; a domain's `id`. */
          domainId: string;
        }) => client.domains.verify(domainId),
        touches: () => [domains()],
      }),
      /** Gives a domain up. */
      delete: mutation({
        key: domains("delete"),
        run: ({
          domainId,
        }: {
          /** UUID; a domain's `id`. */
          domainId: string;
        }) => client.domains.delete(domainId),
        touches: () => [domains()],
      }),
    },
  };
}
