import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { FamClient } from "../../fam/client.js";
import type { FamAccountAccess } from "../../fam/models/account.js";
import type { FamCard } from "../../fam/models/card.js";
import type { FamInvite } from "../../fam/models/invite.js";
import type { FamAccountMember } from "../../fam/models/member.js";
import { editData, editItems } from "../cache-edits.js";
import { apiMutation } from "../mutation.js";
import type { OfAccount, OfInvite, OfPaymentConfiguration } from "../variables.js";
import { famKeys, famQueries, famRoot } from "./queries.js";
import type { FamAcceptance, FamAccountChanges, FamNewAccount, FamNewInvite } from "./variables.js";

/** The mutation options that {@link famMutations} returns. */
export type FamMutations = ReturnType<typeof famMutations>;

/**
 * Returns mutation options for the methods of a FAM client that write, with the same names. A success invalidates
 * the queries of {@link famQueries} that it makes stale. `withCache` and `optimistic` are as in {@link vydonMutations}.
 *
 * @param root - the beginning of the queries' keys. Default `["tenantry", "fam"]`.
 */
export function famMutations(client: FamClient, queryClient: QueryClient, root: QueryKey = famRoot) {
  const { accounts, members, invites, billing } = famKeys(root);
  const queries = famQueries(client, root);

  /** Changes the accounts that the caller has permissions in, in all queries that contain them. */
  const editAccesses = (change: (account: FamAccountAccess) => FamAccountAccess | undefined) => {
    const list = editItems(accounts("list"), change);
    const permissions = editData(queries.accounts.permissions().queryKey, (before) => ({
      ...before,
      accounts: before.accounts.map(change).filter((account) => account !== undefined),
    }));
    return [list, permissions];
  };

  return {
    /** Writes with `client.accounts`. */
    accounts: {
      /** Creates an account that the caller owns. */
      create: apiMutation(queryClient, {
        key: accounts("create"),
        run: (account: FamNewAccount) => client.accounts.create(account),
        touches: () => [accounts()],
      }),
      /** Renames an account. */
      update: apiMutation(queryClient, {
        key: accounts("update"),
        run: ({ accountId, ...changes }: OfAccount & FamAccountChanges) =>
          client.accounts.update(accountId, changes),
        touches: () => [accounts()],
        optimisticEdits: ({ accountId, name }) => [
          editData(queries.accounts.get(accountId).queryKey, (account) => ({ ...account, name })),
          ...editAccesses((account) => (account.id === accountId ? { ...account, name } : account)),
        ],
        resultEdits: (account, { accountId }) => [
          editData(queries.accounts.get(accountId).queryKey, () => account),
        ],
      }),
      /** Deletes an account. */
      delete: apiMutation(queryClient, {
        key: accounts("delete"),
        run: ({ accountId }: OfAccount) => client.accounts.delete(accountId),
        // The accounts below it are deleted too. Their ids, and the ids of payment configurations, are not known here.
        touches: () => [accounts(), members(), invites(), billing()],
        optimisticEdits: ({ accountId }) =>
          editAccesses((account) => (account.id === accountId ? undefined : account)),
      }),
    },
    /** Writes with `client.invites`. */
    invites: {
      /** Invites a person to an account. */
      create: apiMutation(queryClient, {
        key: invites("create"),
        run: ({ accountId, ...invite }: OfAccount & FamNewInvite) => client.invites.create(accountId, invite),
        // `members.search` also returns invited people.
        touches: ({ accountId }) => [invites(accountId), members(accountId)],
      }),
      /** Revokes an invite. */
      revoke: apiMutation(queryClient, {
        key: invites("revoke"),
        run: ({ accountId, inviteId }: OfAccount & OfInvite) => client.invites.revoke(accountId, inviteId),
        touches: ({ accountId }) => [invites(accountId), members(accountId)],
        optimisticEdits: ({ accountId, inviteId }) => {
          const revoked = (member: FamAccountMember): FamAccountMember =>
            member.invitationId === inviteId && member.membershipStatus !== "active"
              ? { ...member, membershipStatus: "invitation_revoked" }
              : member;
          return [
            editItems(
              invites(accountId),
              (invite: FamInvite): FamInvite =>
                invite.id === inviteId ? { ...invite, status: "revoked" } : invite,
            ),
            editItems(members(accountId, "search"), revoked),
            editItems(members(accountId, "searchPages"), revoked),
          ];
        },
      }),
      /** Joins the account that an invite is for. */
      accept: apiMutation(queryClient, {
        key: invites("accept"),
        run: (acceptance: FamAcceptance) => client.invites.accept(acceptance),
        // Afterwards, the client may call as another user.
        touches: () => [root],
      }),
    },
    /** Writes with `client.billing`. */
    billing: {
      /** Starts to add a card. */
      setupPaymentMethod: apiMutation(queryClient, {
        key: billing("setupPaymentMethod"),
        run: ({ paymentConfigurationId }: OfPaymentConfiguration) =>
          client.billing.setupPaymentMethod(paymentConfigurationId),
        touches: () => [],
      }),
      /** Sets the card that is charged from now on. */
      setPrimaryCard: apiMutation(queryClient, {
        key: billing("setPrimaryCard"),
        run: ({
          paymentConfigurationId,
          paymentMethodId,
        }: OfPaymentConfiguration & Pick<FamCard, "paymentMethodId">) =>
          client.billing.setPrimaryCard(paymentConfigurationId, paymentMethodId),
        touches: ({ paymentConfigurationId }) => [billing(paymentConfigurationId)],
        optimisticEdits: ({ paymentConfigurationId, paymentMethodId }) => [
          editItems(billing(paymentConfigurationId), (card: FamCard) => ({
            ...card,
            primary: card.paymentMethodId === paymentMethodId,
          })),
        ],
      }),
    },
  };
}
