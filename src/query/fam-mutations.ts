import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { FamClient } from "../fam/client.js";
import type { FamCreatableAccountType } from "../fam/models/account.js";
import { famKeys, famRoot } from "./fam-queries.js";
import { apiMutation, type MutationPlan } from "./mutation.js";

/** What {@link famMutations} returns. */
export type FamMutations = ReturnType<typeof famMutations>;

/**
 * Mutation options for everything that a FAM client writes, with the names of the client's methods. A success invalidates
 * the queries of {@link famQueries} that it makes stale.
 *
 * @param root - what the queries' keys begin with. Default `["tenantry", "fam"]`.
 */
export function famMutations(client: FamClient, queryClient: QueryClient, root: QueryKey = famRoot) {
  const { accounts, members, invites, billing } = famKeys(root);
  const mutation = <Variables, Data>(plan: MutationPlan<Variables, Data>) => apiMutation(queryClient, plan);
  return {
    /** Writes by `client.accounts`. */
    accounts: {
      /** Creates an account that the caller owns. */
      create: mutation({
        key: accounts("create"),
        run: (account: {
          /** Not empty. */
          name: string;
          /** Default: the server's. */
          type?: FamCreatableAccountType | undefined;
        }) => client.accounts.create(account),
        touches: () => [accounts()],
      }),
      /** Renames an account. */
      update: mutation({
        key: accounts("update"),
        run: ({
          accountId,
          ...changes
        }: {
          /** ULID of the account. */
          accountId: string;
          /** Not empty. */
          name: string;
        }) => client.accounts.update(accountId, changes),
        touches: () => [accounts()],
      }),
      /** Deletes an account. */
      delete: mutation({
        key: accounts("delete"),
        run: ({
          accountId,
        }: {
          /** ULID of the account. */
          accountId: string;
        }) => client.accounts.delete(accountId),
        touches: ({ accountId }) => [accounts(), members(accountId), invites(accountId), billing(accountId)],
      }),
    },
    /** Writes by `client.invites`. */
    invites: {
      /** Invites somebody to an account. */
      create: mutation({
        key: invites("create"),
        run: ({
          accountId,
          ...invite
        }: {
          /** ULID of the account. */
          accountId: string;
          /** The address to send the invite to. */
          email: string;
          /** What they would be to the account; at least one. */
          relations: readonly string[];
        }) => client.invites.create(accountId, invite),
        // `members.search` finds invited people too.
        touches: ({ accountId }) => [invites(accountId), members(accountId)],
      }),
      /** Revokes an invite. */
      revoke: mutation({
        key: invites("revoke"),
        run: ({
          accountId,
          inviteId,
        }: {
          /** ULID of the account. */
          accountId: string;
          /** ULID; an invite's `id`. */
          inviteId: string;
        }) => client.invites.revoke(accountId, inviteId),
        touches: ({ accountId }) => [invites(accountId), members(accountId)],
      }),
      /** Joins the account that an invite is for. */
      accept: mutation({
        key: invites("accept"),
        run: (acceptance: Parameters<FamClient["invites"]["accept"]>[0]) => client.invites.accept(acceptance),
        // The client may be another user's from then on.
        touches: () => [root],
      }),
    },
    /** Writes by `client.billing`. */
    billing: {
      /** Begins to add a card. */
      setupPaymentMethod: mutation({
        key: billing("setupPaymentMethod"),
        run: ({
          paymentConfigurationId,
        }: {
          /** `getPaymentConfiguration` returns it. */
          paymentConfigurationId: string;
        }) => client.billing.setupPaymentMethod(paymentConfigurationId),
        touches: () => [],
      }),
      /** Chooses the card that is charged from now on. */
      setPrimaryCard: mutation({
        key: billing("setPrimaryCard"),
        run: (card: {
          /** `getPaymentConfiguration` returns it. */
          paymentConfigurationId: string;
          /** A card's `paymentMethodId`. */
          paymentMethodId: string;
        }) => client.billing.setPrimaryCard(card.paymentConfigurationId, card.paymentMethodId),
        touches: ({ paymentConfigurationId }) => [billing(paymentConfigurationId)],
      }),
    },
  };
}
