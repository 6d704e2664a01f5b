import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { VydonClient } from "../vydon/client.js";
import type { AssignableRole, OnboardingConfig, TemporalConfig } from "../vydon/models.js";
import type { User } from "../vydon/users.js";
import { apiMutation, type MutationPlan } from "./mutation.js";
import { vydonKeys, vydonRoot } from "./vydon-queries.js";

/** What {@link vydonMutations} answers. */
export type VydonMutations = ReturnType<typeof vydonMutations>;

/**
 * Mutation options for all that a Vydon client writes, named as the client's own methods are. A success invalidates the
 * queries of {@link vydonQueries} that it makes stale.
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
  const { users, accounts, members, invites, permissions, billing } = vydonKeys(root);
  const mutation = <Variables, Data>(plan: MutationPlan<Variables, Data>) => apiMutation(queryClient, plan);
  return {
    /** Writes by `client.users`. */
    users: {
      /** Registers the caller; a repeat answers the same user. */
      register: mutation<void, User>({
        key: users("register"),
        run: () => client.users.register(),
        touches: () => [users()],
      }),
    },
    /** Writes by `client.accounts`. */
    accounts: {
      /** Makes a team account with the caller as its admin. */
      createTeam: mutation({
        key: accounts("createTeam"),
        run: (team: {
          /** 3 to 100 lower-case letters, digits and dashes. */
          name: string;
        }) => client.accounts.createTeam(team),
        touches: () => [accounts()],
      }),
      /** Makes the caller's personal account, or answers the one there is. */
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
          /** UUID of the personal account. Default: the caller's first. */
          accountId?: string | undefined;
        }) => client.accounts.convertToTeam(team),
        // What may be asked about a personal account and about a team differs throughout.
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
        } & Partial<OnboardingConfig>) => client.accounts.setOnboarding(accountId, config),
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
        } & TemporalConfig) => client.accounts.setTemporalConfig(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
      }),
    },
    /** Writes by `client.members`. */
    members: {
      /** Takes somebody out of a team account. */
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
        // Who removes themselves has an account less; the same goes for rights and one's own role.
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
          /** What they will be. */
          role: AssignableRole;
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
          /** Whom to invite. */
          email: string;
          /** Default: the server's, `job_viewer`. */
          role?: AssignableRole | undefined;
        }) => client.invites.create(accountId, invite),
        touches: ({ accountId }) => [invites(accountId)],
      }),
      /** Withdraws an invite. */
      remove: mutation({
        key: invites("remove"),
        run: ({
          inviteId,
        }: {
          /** UUID; an invite's `id`. */
          inviteId: string;
        }) => client.invites.remove(inviteId),
        touches: () => [invites()],
      }),
      /** Joins the account that an invite is for. */
      accept: mutation({
        key: invites("accept"),
        run: ({
          token,
        }: {
          /** The invite's `token`, not its id. */
          token: string;
        }) => client.invites.accept(token),
        touches: () => [accounts(), members(), invites()],
      }),
    },
    /** Writes by `client.billing`. */
    billing: {
      /** Answers a page to subscribe at. */
      createCheckoutSession: mutation({
        key: billing("createCheckoutSession"),
        run: ({
          accountId,
        }: {
          /** UUID of the account. */
          accountId: string;
        }) => client.billing.createCheckoutSession(accountId),
        // It makes the account a billing customer.
        touches: () => [accounts(), billing()],
      }),
      /** Answers a page to manage the subscription at. */
      createPortalSession: mutation({
        key: billing("createPortalSession"),
        run: ({
          accountId,
        }: {
          /** UUID of the account. */
          accountId: string;
        }) => client.billing.createPortalSession(accountId),
        touches: () => [],
      }),
      /** Counts something that the account has used; for worker keys only. */
      recordMeterEvent: mutation({
        key: billing("recordMeterEvent"),
        run: ({
          accountId,
          ...event
        }: {
          /** UUID of the account. */
          accountId: string;
        } & MeterEvent) => client.billing.recordMeterEvent(accountId, event),
        touches: ({ accountId }) => [billing(accountId)],
      }),
    },
  };
}

type MeterEvent = Parameters<VydonClient["billing"]["recordMeterEvent"]>[1];
