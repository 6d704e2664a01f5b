import { deleteUser } from "./members.js";
import type { OnaAccountRow } from "./rows.js";
import type { Ona } from "./state.js";

/** Blocks an account, and ends its environments and subscriptions. Returns how many ended; 0 if the account was blocked already. */
export function blockAccount({ state, clock }: Ona, account: OnaAccountRow, reason: string) {
  if (account.blockedFor !== null) return { environmentsStopped: 0, subscriptionsCancelled: 0 };
  const { environments, subscriptions } = account;
  const changes = { blockedFor: reason, environments: 0, subscriptions: 0, updatedAt: clock.now() };
  state.accounts.update(account.id, changes);
  return { environmentsStopped: environments, subscriptionsCancelled: subscriptions };
}

/** Unblocks an account. Does nothing if it is not blocked. */
export function unblockAccount({ state, clock }: Ona, { id, blockedFor }: OnaAccountRow): void {
  if (blockedFor !== null) state.accounts.update(id, { blockedFor: null, updatedAt: clock.now() });
}

/** Deletes an account and its memberships. */
export function deleteAccount(ona: Ona, accountId: string): void {
  for (const member of ona.state.members.by("account", accountId)) deleteUser(ona, member);
  ona.state.accounts.delete(accountId);
}
