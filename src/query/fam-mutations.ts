import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { FamClient } from "../fam/client.js";
import type { CreatableAccountType } from "../fam/models.js";
import { famKeys, famRoot } from "./fam-queries.js";
import { apiMutation, type MutationPlan } from "./mutation.js";

/** What {@link famMutations} answers. */
export type FamMutations = ReturnType<typeof famMutations>;

/**
 * Mutation options for all that a FAM client writes, named as the client's own methods are. A success invalidates the
 * queries of {@link famQueries} that it makes stale.
 *
 * @param root - what the queries' keys begin with. Default `["tenantry", "fam"]`.
 */
export function famMutations(client: FamClient, queryClient: QueryClient, root: QueryKey = famRoot) {
  const { accounts, members, invites, billing } = famKeys(root);
  const mutation = <Variables, Data>(plan: MutationPlan<Variables, Data>) => apiMutation(queryClient, plan);
  return {
    accounts: {
      create: mutation({
        key: accounts("create"),
        run: (account: { name: string; type?: CreatableAccountType | undefined }) =>
          client.accounts.create(account),
        touches: () => [accounts()],
      }),
      update: mutation({
        key: accounts("update"),
        run: ({ accountId, ...changes }: { accountId: string; name: string }) =>
          client.accounts.update(accountId, changes),
        touches: () => [accounts()],
      }),
      delete: mutation({
        key: accounts("delete"),
        run: ({ accountId }: { accountId: string }) => client.accounts.delete(accountId),
        touches: ({ accountId }) => [accounts(), members(accountId), invites(accountId)],
      }),
    },
    invites: {
      create: mutation({
        key: invites("create"),
        run: ({ accountId, ...invite }: { accountId: string; email: string; relations: readonly string[] }) =>
          client.invites.create(accountId, invite),
        // The members of a search may be those who are but invited.
        touches: ({ accountId }) => [invites(accountId), members(accountId)],
      }),
      revoke: mutation({
        key: invites("revoke"),
        run: ({ accountId, inviteId }: { accountId: string; inviteId: string }) =>
          client.invites.revoke(accountId, inviteId),
        touches: ({ accountId }) => [invites(accountId), members(accountId)],
      }),
      accept: mutation({
        key: invites("accept"),
        run: (acceptance: Parameters<FamClient["invites"]["accept"]>[0]) => client.invites.accept(acceptance),
        // Whoever accepts may be somebody else from then on.
        touches: () => [root],
      }),
    },
    billing: {
      setupPaymentMethod: mutation({
        key: billing("setupPaymentMethod"),
        run: ({ paymentConfigurationId }: { paymentConfigurationId: string }) =>
          client.billing.setupPaymentMethod(paymentConfigurationId),
        touches: () => [],
      }),
      setPrimaryCard: mutation({
        key: billing("setPrimaryCard"),
        run: (card: { paymentConfigurationId: string; paymentMethodId: string }) =>
          client.billing.setPrimaryCard(card.paymentConfigurationId, card.paymentMethodId),
        touches: ({ paymentConfigurationId }) => [billing("listCards", paymentConfigurationId)],
      }),
    },
  };
}
