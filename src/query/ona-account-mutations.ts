import type { OnaClient } from "../ona/client.js";
import type { MutationMaker } from "./mutation.js";
import type { OnaKeys } from "./ona-keys.js";

/** Writes by `client.accounts`. */
export function onaAccountMutations(client: OnaClient, mutation: MutationMaker, { accounts }: OnaKeys) {
  return {
    /** Deletes an account that is in no organization. */
    delete: mutation({
      key: accounts("delete"),
      run: ({
        accountId,
        ...deletion
      }: {
        /** UUID of the account. */
        accountId: string;
        /** Why, in the caller's words. */
        reason?: string | undefined;
      }) => client.accounts.delete(accountId, deletion),
      touches: () => [accounts()],
    }),
    /** Blocks an account, and ends what it runs. */
    block: mutation({
      key: accounts("block"),
      run: ({
        accountId,
        ...block
      }: {
        /** UUID of the account. */
        accountId: string;
        /** Why, in the caller's words. It must not be empty. */
        reason: string;
      }) => client.accounts.block(accountId, block),
      touches: () => [accounts()],
    }),
    /** Lets a blocked account in again. */
    unblock: mutation({
      key: accounts("unblock"),
      run: ({
        accountId,
      }: {
        /** UUID of the account. */
        accountId: string;
      }) => client.accounts.unblock(accountId),
      touches: () => [accounts()],
    }),
  };
}
