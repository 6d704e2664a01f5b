import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { VydonAccounts } from "../../vydon/accounts.js";
import type { VydonClient } from "../../vydon/client.js";
import type { VydonOnboardingChanges, VydonTemporalConfig } from "../../vydon/models/account.js";
import type { VydonApiKey } from "../../vydon/models/api-key.js";
import type { VydonAssignableRole, VydonMember } from "../../vydon/models/member.js";
import type { VydonMeterEvent } from "../../vydon/models/meter-event.js";
import type { VydonUser } from "../../vydon/models/user.js";
import { editData, editItems, removeItem } from "../cache-edits.js";
import { apiMutation } from "../mutation.js";
import type { NewRole, OfAccount, OfInvite, OfKey, OfMember } from "../variables.js";
import { vydonKeys, vydonQueries, vydonRoot } from "./queries.js";
import type {
  VydonConversion,
  VydonKeyRenewal,
  VydonNewApiKey,
  VydonNewInvite,
  VydonNewTeam,
} from "./variables.js";

/** The mutation options that {@link vydonMutations} returns. */
export type VydonMutations = ReturnType<typeof vydonMutations>;

/**
 * Returns mutation options for the methods of a Vydon client that write, with the same names. A success invalidates the queries of
 * {@link vydonQueries} that it makes stale. Each has a variant that also updates the cache, `withCache`. If the change is known
 * before the response, there is also `optimistic`.
 *
 * ```ts
 * const { members } = vydonMutations(client, queryClient);
 * const setRole = useMutation(members.setRole.optimistic);
 * setRole.mutate({ accountId, userId, role: "admin" });
 * ```
 *
 * @param root - the beginning of the queries' keys. Default `["tenantry", "vydon"]`.
 */
export function vydonMutations(client: VydonClient, queryClient: QueryClient, root: QueryKey = vydonRoot) {
  const { users, accounts, members, invites, permissions, billing, apiKeys } = vydonKeys(root);
  const queries = vydonQueries(client, root);
  return {
    /** Writes with `client.users`. */
    users: {
      /** Registers the caller. A second call returns the same user. */
      register: apiMutation<void, VydonUser>(queryClient, {
        key: users("register"),
        run: () => client.users.register(),
        touches: () => [users()],
        resultEdits: (user) => [editData(queries.users.current().queryKey, () => user)],
      }),
    },
    /** Writes with `client.accounts`. */
    accounts: {
      /** Creates a team account with the caller as its admin. */
      createTeam: apiMutation(queryClient, {
        key: accounts("createTeam"),
        run: (team: VydonNewTeam) => client.accounts.createTeam(team),
        touches: () => [accounts()],
      }),
      /** Creates the caller's personal account. A second call returns the same account. */
      ensurePersonal: apiMutation<void, Awaited<ReturnType<VydonAccounts["ensurePersonal"]>>>(queryClient, {
        key: accounts("ensurePersonal"),
        run: () => client.accounts.ensurePersonal(),
        touches: () => [accounts()],
      }),
      /** Converts a personal account to a team account. */
      convertToTeam: apiMutation(queryClient, {
        key: accounts("convertToTeam"),
        run: (team: VydonConversion) => client.accounts.convertToTeam(team),
        // Most queries return other results for a team than for a personal account.
        touches: () => [root],
      }),
      /** Replaces the set-up flags of an account. */
      setOnboarding: apiMutation(queryClient, {
        key: accounts("setOnboarding"),
        run: ({ accountId, ...config }: OfAccount & VydonOnboardingChanges) =>
          client.accounts.setOnboarding(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
        optimisticEdits: ({ accountId, ...config }) => [
          editData(queries.accounts.getOnboarding(accountId).queryKey, () => ({
            hasCompletedOnboarding: config.hasCompletedOnboarding ?? false,
            hasCreatedSourceConnection: config.hasCreatedSourceConnection ?? false,
            hasCreatedDestinationConnection: config.hasCreatedDestinationConnection ?? false,
            hasCreatedJob: config.hasCreatedJob ?? false,
            hasInvitedMembers: config.hasInvitedMembers ?? false,
          })),
        ],
        resultEdits: (config, { accountId }) => [
          editData(queries.accounts.getOnboarding(accountId).queryKey, () => config),
        ],
      }),
      /** Replaces the Temporal configuration of a self-hosted account. */
      setTemporalConfig: apiMutation(queryClient, {
        key: accounts("setTemporalConfig"),
        run: ({ accountId, ...config }: OfAccount & VydonTemporalConfig) =>
          client.accounts.setTemporalConfig(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
        optimisticEdits: ({ accountId, ...config }) => [
          editData(queries.accounts.getTemporalConfig(accountId).queryKey, () => config),
        ],
        resultEdits: (config, { accountId }) => [
          editData(queries.accounts.getTemporalConfig(accountId).queryKey, () => config),
        ],
      }),
    },
    /** Writes with `client.members`. */
    members: {
      /** Removes a member from a team account. */
      remove: apiMutation(queryClient, {
        key: members("remove"),
        run: ({ accountId, userId }: OfMember) => client.members.remove(accountId, userId),
        // Users who remove themselves lose the account, and can no longer read anything in it.
        touches: ({ accountId }) => [
          accounts(),
          ...[members, invites, permissions, billing, apiKeys].map((key) => key(accountId)),
        ],
        optimisticEdits: ({ accountId, userId }) => [removeItem(members(accountId), userId, "userId")],
      }),
      /** Changes a member's role. */
      setRole: apiMutation(queryClient, {
        key: members("setRole"),
        run: ({ accountId, userId, role }: OfMember & NewRole<VydonAssignableRole>) =>
          client.members.setRole(accountId, userId, role),
        touches: ({ accountId }) => [members(accountId), permissions(accountId)],
        optimisticEdits: ({ accountId, userId, role }) => [
          editItems(members(accountId), (member: VydonMember) =>
            // A server without roles does not store the role.
            member.userId === userId && member.role !== "unspecified" ? { ...member, role } : member,
          ),
        ],
      }),
    },
    /** Writes with `client.invites`. */
    invites: {
      /** Invites a person to a team account. The invite is valid for 24 hours. */
      create: apiMutation(queryClient, {
        key: invites("create"),
        run: ({ accountId, ...invite }: OfAccount & VydonNewInvite) =>
          client.invites.create(accountId, invite),
        touches: ({ accountId }) => [invites(accountId)],
      }),
      /** Removes an invite. */
      remove: apiMutation(queryClient, {
        key: invites("remove"),
        run: ({ inviteId }: OfInvite) => client.invites.remove(inviteId),
        touches: () => [invites()],
        optimisticEdits: ({ inviteId }) => [removeItem(invites(), inviteId)],
      }),
      /** Joins the account that an invite is for. */
      accept: apiMutation(queryClient, {
        key: invites("accept"),
        run: (invite: {
          /** The invite's `token`, not its id. */
          token: string;
        }) => client.invites.accept(invite.token),
        // The token does not name the account. So the queries of all accounts are stale.
        touches: () => [accounts, members, invites, permissions, billing, apiKeys].map((key) => key()),
      }),
    },
    /** Writes with `client.billing`. */
    billing: {
      /** Returns the URL of a page to subscribe the account. */
      createCheckoutSession: apiMutation(queryClient, {
        key: billing("createCheckoutSession"),
        run: ({ accountId }: OfAccount) => client.billing.createCheckoutSession(accountId),
        // The call makes the account a billing customer.
        touches: () => [accounts(), billing()],
      }),
      /** Returns the URL of a page to manage the subscription. */
      createPortalSession: apiMutation(queryClient, {
        key: billing("createPortalSession"),
        run: ({ accountId }: OfAccount) => client.billing.createPortalSession(accountId),
        touches: () => [],
      }),
      /** Records usage of the account. Only for worker keys. */
      recordMeterEvent: apiMutation(queryClient, {
        key: billing("recordMeterEvent"),
        run: ({ accountId, ...event }: OfAccount & VydonMeterEvent) =>
          client.billing.recordMeterEvent(accountId, event),
        touches: ({ accountId }) => [billing(accountId)],
      }),
    },
    /** Writes with `client.apiKeys`. */
    apiKeys: {
      /** Creates a key for an account. The result contains its value. */
      create: apiMutation(queryClient, {
        key: apiKeys("create"),
        run: ({ accountId, ...key }: OfAccount & VydonNewApiKey) => client.apiKeys.create(accountId, key),
        touches: ({ accountId }) => [apiKeys(accountId)],
      }),
      /** Replaces a key's value and expiry. Only the result contains the value. No query contains it. */
      regenerate: apiMutation(queryClient, {
        key: apiKeys("regenerate"),
        run: ({ keyId, ...key }: OfKey & VydonKeyRenewal) => client.apiKeys.regenerate(keyId, key),
        // The account of a key is not known here.
        touches: () => [apiKeys()],
        resultEdits: ({ keyValue: _, ...regenerated }) => [
          editData(queries.apiKeys.get(regenerated.id).queryKey, () => regenerated),
          editItems(apiKeys(), (key: VydonApiKey) => (key.id === regenerated.id ? regenerated : key)),
        ],
      }),
      /** Deletes a key. */
      delete: apiMutation(queryClient, {
        key: apiKeys("delete"),
        run: ({ keyId }: OfKey) => client.apiKeys.delete(keyId),
        touches: () => [apiKeys()],
        optimisticEdits: ({ keyId }) => [removeItem(apiKeys(), keyId)],
      }),
    },
  };
}
