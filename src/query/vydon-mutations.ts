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
    users: {
      register: mutation<void, User>({
        key: users("register"),
        run: () => client.users.register(),
        touches: () => [users()],
      }),
    },
    accounts: {
      createTeam: mutation({
        key: accounts("createTeam"),
        run: (team: { name: string }) => client.accounts.createTeam(team),
        touches: () => [accounts()],
      }),
      ensurePersonal: mutation<void, { accountId: string }>({
        key: accounts("ensurePersonal"),
        run: () => client.accounts.ensurePersonal(),
        touches: () => [accounts()],
      }),
      convertToTeam: mutation({
        key: accounts("convertToTeam"),
        run: (team: { name: string; accountId?: string | undefined }) => client.accounts.convertToTeam(team),
        // What may be asked about a personal account and about a team differs throughout.
        touches: () => [root],
      }),
      setOnboarding: mutation({
        key: accounts("setOnboarding"),
        run: ({ accountId, ...config }: { accountId: string } & Partial<OnboardingConfig>) =>
          client.accounts.setOnboarding(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
      }),
      setTemporalConfig: mutation({
        key: accounts("setTemporalConfig"),
        run: ({ accountId, ...config }: { accountId: string } & TemporalConfig) =>
          client.accounts.setTemporalConfig(accountId, config),
        touches: ({ accountId }) => [accounts(accountId)],
      }),
    },
    members: {
      remove: mutation({
        key: members("remove"),
        run: ({ accountId, userId }: { accountId: string; userId: string }) =>
          client.members.remove(accountId, userId),
        // Who removes themselves has an account less; the same goes for rights and one's own role.
        touches: ({ accountId }) => [members(accountId), permissions(accountId), accounts()],
      }),
      setRole: mutation({
        key: members("setRole"),
        run: ({ accountId, userId, role }: { accountId: string; userId: string; role: AssignableRole }) =>
          client.members.setRole(accountId, userId, role),
        touches: ({ accountId }) => [members(accountId), permissions(accountId)],
      }),
    },
    invites: {
      create: mutation({
        key: invites("create"),
        run: ({
          accountId,
          ...invite
        }: {
          accountId: string;
          email: string;
          role?: AssignableRole | undefined;
        }) => client.invites.create(accountId, invite),
        touches: ({ accountId }) => [invites(accountId)],
      }),
      remove: mutation({
        key: invites("remove"),
        run: ({ inviteId }: { inviteId: string }) => client.invites.remove(inviteId),
        touches: () => [invites()],
      }),
      accept: mutation({
        key: invites("accept"),
        run: ({ token }: { token: string }) => client.invites.accept(token),
        touches: () => [accounts(), members(), invites()],
      }),
    },
    billing: {
      createCheckoutSession: mutation({
        key: billing("createCheckoutSession"),
        run: ({ accountId }: { accountId: string }) => client.billing.createCheckoutSession(accountId),
        // It makes the account a billing customer.
        touches: () => [accounts(), billing()],
      }),
      createPortalSession: mutation({
        key: billing("createPortalSession"),
        run: ({ accountId }: { accountId: string }) => client.billing.createPortalSession(accountId),
        touches: () => [],
      }),
      recordMeterEvent: mutation({
        key: billing("recordMeterEvent"),
        run: ({ accountId, ...event }: { accountId: string } & MeterEvent) =>
          client.billing.recordMeterEvent(accountId, event),
        touches: ({ accountId }) => [billing(accountId)],
      }),
    },
  };
}

type MeterEvent = Parameters<VydonClient["billing"]["recordMeterEvent"]>[1];
