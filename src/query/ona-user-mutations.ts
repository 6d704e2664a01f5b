import type { OnaUsageExportRequest } from "../ona/billing.js";
import type { OnaClient } from "../ona/client.js";
import type { MutationMaker } from "./mutation.js";
import type { OnaKeys } from "./ona-keys.js";

/** Writes by `client.users`, `client.tokens` and `client.billing`. */
export function onaUserMutations(client: OnaClient, mutation: MutationMaker, keys: OnaKeys) {
  const { users, members, tokens, billing } = keys;
  return {
    /** Writes by `client.users`. */
    users: {
      /** Shuts a user out of the organization; for admins. */
      suspend: mutation({
        key: users("suspend"),
        run: ({
          userId,
        }: {
          /** UUID of the user. */
          userId: string;
        }) => client.users.suspend(userId),
        touches: () => [users(), members()],
      }),
      /** Lets a suspended user in again; for admins. */
      unsuspend: mutation({
        key: users("unsuspend"),
        run: ({
          userId,
        }: {
          /** UUID of the user. */
          userId: string;
        }) => client.users.unsuspend(userId),
        touches: () => [users(), members()],
      }),
      /** Deletes a user for good. */
      delete: mutation({
        key: users("delete"),
        run: ({
          userId,
        }: {
          /** UUID of the user. */
          userId: string;
        }) => client.users.delete(userId),
        // It may be the caller, whose account and tokens go too.
        touches: () => Object.values(keys).map((key) => key()),
      }),
    },
    /** Writes by `client.tokens`. */
    tokens: {
      /** Makes a token. Its secret is in the result only. */
      create: mutation({
        key: tokens("create"),
        run: ({
          userId,
          ...token
        }: {
          /** UUID of the user. */
          userId: string;
        } & Parameters<OnaClient["tokens"]["create"]>[1]) => client.tokens.create(userId, token),
        touches: () => [tokens()],
      }),
      /** Ends a token at once. */
      delete: mutation({
        key: tokens("delete"),
        run: ({
          tokenId,
        }: {
          /** UUID; a token's `id`. */
          tokenId: string;
        }) => client.tokens.delete(tokenId),
        touches: () => [tokens()],
      }),
    },
    /** Writes by `client.billing`. */
    billing: {
      /** Makes a file of usage. It is a mutation because its URL lasts for five minutes, too short for a cache. */
      exportUsage: mutation({
        key: billing("exportUsage"),
        run: ({
          organizationId,
          ...request
        }: {
          /** UUID of the organization. */
          organizationId: string;
        } & OnaUsageExportRequest) => client.billing.exportUsage(organizationId, request),
        touches: () => [],
      }),
    },
  };
}
