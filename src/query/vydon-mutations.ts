import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { VydonClient } from "../vydon/client.js";
import type { VydonOnboardingConfig, VydonTemporalConfig } from "../vydon/models/account.js";
import type { VydonAssignableRole } from "../vydon/models/member.js";
import type { VydonMeterEvent } from "../vydon/models/meter-event.js";
import type { VydonUser } from "../vydon/models/user.js";
import { apiMutation, type MutationPlan } from "./mutation.js";
import { vydonKeys, vydonRoot } from "./vydon-queries.js";

/** What {@link vydonMutations} returns. */
export type VydonMutations = ReturnType<typeof vydonMutations>;

/**
 * Mutation options for everything that a Vydon client writes, with the names of the client's methods. A success invalidates
 * the queries of {@link vydonQueries} that it makes stale.
 *
 * ```ts
 * const { members } = vydonMutations(client, queryClient);
 * const setRole = useMutation(members.setRole);
 * setRole.mutate({ accountId, userId, role: "admin" });
 * ```
 *
 * @param root - what the queries' keys begin with. Default `["tenantry", "vydon"]`.
 */
export function vydonMutations(client: VydonClient, queryClient: QueryClient, root: QueryKey = vydonRoot) {
  const { users, accounts, members, invites, permissions, billing, apiKeys } = vydonKeys(root);
  const mutation = <Variables, Data>(plan: MutationPlan<Variables, Data>) => apiMutation(queryClient, plan);
  return {
    /** Writes by `client.users`. */
    users: {
      /** Registers the caller; a repeat returns the same user. */
      register: mutation<void, VydonUser>({
        key: users("register"),
        run: () => client.users.register(),
        touches: () => [users()],
      }),
    },
    /** Writes by `client.accounts`. */
    accounts: {
      /** Creates a team account with the caller as its admin. */
      createTeam: mutation({
        key: accounts("createTeam"),
        run: (team: {
          /** 3 to 100 lower-case letters, digits and dashes. */
          name: string;
        }) => client.accounts.createTeam(team),
        touches: () => [accounts()],
      }),
      /** Creates the caller's personal account; a repeat returns the same one. */
      ensurePersonal: mutation<
        void,
        {
          /** UUID of the account. */
          accountId: string;
        }
      >({
        key: accounts("ensurePersonal"),
        run: () => client.accounts.ensurePersonal(),
        touches: () => [accounts()],
      }),
      /** Turns a personal account into a team. */
      convertToTeam: mutation({
        key: accounts("convertToTeam"),
        run: (team: {
          /** 3 to 100 lower-case letters, digits and dashes. */
          name: string;
          /** UUID of the personal account. Default: the caller's own. */
          accountId?: string | undefined;
        }) => client.accounts.convertToTeam(team),
        // Most queries have other results for a team than for a personal account.
        touches: () => [root],
      }),
      /** Replaces what is known of an account's set-up. */
      setOnboarding: mutation({
        key: accounts("setOnboarding"),
        run: ({
          accountId,
          ...config
        }: {
          /** UUID of the account. */
          accountId: string;
        } & Partial<VydonOnboardingConfig>) => client.accounts.setOnboarding(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
      }),
      /** Sets where a self-hosted account's jobs run. */
      setTemporalConfig: mutation({
        key: accounts("setTemporalConfig"),
        run: ({
          accountId,
          ...config
        }: {
          /** UUID of the account. */
          accountId: string;
        } & VydonTemporalConfig) => client.accounts.setTemporalConfig(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
      }),
    },
    /** Writes by `client.members`. */
    members: {
      /** Removes somebody from a team account. */
      remove: mutation({
        key: members("remove"),
        run: ({
          accountId,
          userId,
        }: {
          /** UUID of the account. */
          accountId: string;
          /** UUID; a member's `userId`. */
          userId: string;
        }) => client.members.remove(accountId, userId),
        // A user who removes themselves loses the account and its permissions.
        touches: ({ accountId }) => [members(accountId), permissions(accountId), accounts()],
      }),
      /** Changes a member's role. */
      setRole: mutation({
        key: members("setRole"),
        run: ({
          accountId,
          userId,
          role,
        }: {
          /** UUID of the account. */
          accountId: string;
          /** UUID; a member's `userId`. */
          userId: string;
          /** The new role. */
          role: VydonAssignableRole;
        }) => client.members.setRole(accountId, userId, role),
        touches: ({ accountId }) => [members(accountId), permissions(accountId)],
      }),
    },
    /** Writes by `client.invites`. */
    invites: {
      /** Invites somebody to a team account, for 24 hours. */
      create: mutation({
        key: invites("create"),
        run: ({
          accountId,
          ...invite
        }: {
          /** UUID of the account. */
          accountId: string;
          /** The address to send the invite to. */
          email: string;
          /** Default: the server's, `job_viewer`. */
          role?: VydonAssignableRole | undefined;
        }) => client.invites.create(accountId, invite),
        touches: ({ accountId }) => [invites(accountId)],
      }),
      /** Withdraws an invite. */
      remove: mutation({
        key: invites("remove"),
        run: (invite: {
          /** UUID; an invite's `id`. */
          inviteId: string;
        }) => client.invites.remove(invite.inviteId),
        touches: () => [invites()],
      }),
      /** Joins the account that an invite is for. */
      accept: mutation({
        key: invites("accept"),
        run: (invite: {
          /** The invite's `token`, not its id. */
          token: string;
        }) => client.invites.accept(invite.token),
        touches: () => [accounts(), members(), invites()],
      }),
    },
    /** Writes by `client.apiKeys`. */
    apiKeys: {
      /** Creates a key for an account. The result has its value. */
      create: mutation({
        key: apiKeys("create"),
        run: ({
          accountId,
          ...key
        }: {
          /** UUID of the account. */
          accountId: string;
          /** 3 to 100 lower-case letters, digits and dashes. */
          name: string;
          /** When the key ends, at most 365 days from now. */
          expiresAt: Date;
        }) => client.apiKeys.create(accountId, key),
        touches: ({ accountId }) => [apiKeys(accountId)],
      }),
      /** Gives a key a new value and a new end. The result has the value. */
      regenerate: mutation({
        key: apiKeys("regenerate"),
        run: ({
          keyId,
          ...key
        }: {
          /** UUID; a key's `id`. */
          keyId: string;
          /** When the new value ends, at most 365 days from now. */
          expiresAt: Date;
        }) => client.apiKeys.regenerate(keyId, key),
        // A key's id does not tell its account.
        touches: () => [apiKeys()],
      }),
      /** Deletes a key. */
      delete: mutation({
        key: apiKeys("delete"),
        run: (key: {
          /** UUID; a key's `id`. */
          keyId: string;
        }) => client.apiKeys.delete(key.keyId),
        touches: () => [apiKeys()],
      }),
    },
    /** Writes by `client.billing`. */
    billing: {
      /** Returns a page on which somebody can subscribe the account. */
      createCheckoutSession: mutation({
        key: billing("createCheckoutSession"),
        run: ({
          accountId,
        }: {
          /** UUID of the account. */
          accountId: string;
        }) => client.billing.createCheckoutSession(accountId),
        // The call makes the account a billing customer.
        touches: () => [accounts(), billing()],
      }),
      /** Returns a page on which somebody can manage the subscription. */
      createPortalSession: mutation({
        key: billing("createPortalSession"),
        run: (account: {
          /** UUID of the account. */
          accountId: string;
        }) => client.billing.createPortalSession(account.accountId),
        touches: () => [],
      }),
      /** Records something that the account has used; for worker keys only. */
      recordMeterEvent: mutation({
        key: billing("recordMeterEvent"),
        run: ({
          accountId,
          ...event
        }: {
          /** UUID of the account. */
          accountId: string;
        } & VydonMeterEvent) => client.billing.recordMeterEvent(accountId, event),
        touches: ({ accountId }) => [billing(accountId)],
      }),
    },
  };
}
