import type { BrokenInvariant, Invariants } from "../../engine/state/strict.js";
import { accountTables, type FamState, membershipOf, userByEmail } from "./state.js";

/** Finds inconsistent states of a FAM server, such as an account without a payment configuration. */
export const famInvariants: Invariants<FamState> = function* (state, before): Iterable<BrokenInvariant> {
  yield* rowsWithoutParent(state);
  for (const { id, hierarchy } of state.accounts.all()) {
    if (hierarchy.at(-1) !== id)
      yield { table: "accounts", id, message: "its hierarchy does not end with its own id" };
    if (!hierarchy.every((above) => state.accounts.has(above)))
      yield { table: "accounts", id, message: "an account above it no longer exists" };
    const configurations = state.paymentConfigurations.by("account", id).length;
    if (configurations !== 1)
      yield { table: "accounts", id, message: `it has ${configurations} payment configurations` };
  }
  for (const { id } of state.paymentConfigurations.all()) {
    const cards = state.cards.by("configuration", id);
    const primary = cards.filter((card) => card.primary).length;
    if (cards.length > 0 && primary !== 1)
      yield { table: "paymentConfigurations", id, message: `${primary} of its cards are primary` };
  }
  for (const { id, accountId, email, status } of state.invites.all()) {
    // Only the call that accepts an invite must add the member, because the member may have been removed later.
    const opened = before.invites.get(id)?.status === "pending";
    if (status !== "accepted" || !opened) continue;
    const user = userByEmail(state, email);
    if (user === undefined || membershipOf(state, accountId, user.id) === undefined)
      yield { table: "invites", id, message: `${email} accepted it, but is not a member` };
  }
};

function* rowsWithoutParent(state: FamState): Iterable<BrokenInvariant> {
  for (const table of accountTables) {
    for (const { id, accountId } of state[table].all()) {
      if (!state.accounts.has(accountId)) yield { table, id, message: "its account no longer exists" };
    }
  }
  for (const { id, userId } of state.members.all()) {
    if (!state.users.has(userId)) yield { table: "members", id, message: "its user no longer exists" };
  }
  for (const { id, configurationId } of state.cards.all()) {
    if (!state.paymentConfigurations.has(configurationId))
      yield { table: "cards", id, message: "its payment configuration no longer exists" };
  }
}
