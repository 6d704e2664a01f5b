import type { Breach, Invariants } from "../engine/strict.js";
import { type AccountRow, memberId, type VydonState } from "./state.js";

/** What always holds on a Vydon server whose admins take care. */
export const vydonInvariants: Invariants<VydonState> = function* (state, before): Iterable<Breach> {
  for (const account of state.accounts.all()) yield* checkAccount(state, account);
  yield* orphans(state);
  for (const { id, accountId, email, accepted } of state.invites.all()) {
    // Whoever accepted may have left since: it is the call that accepts which must make a member.
    if (!accepted || before.invites.get(id)?.accepted !== false) continue;
    const members = state.identities.by("email", email);
    if (!members.some(({ userId }) => state.members.has(memberId(accountId, userId)))) {
      yield { table: "invites", id, message: `${email} accepted it, but is no member` };
    }
  }
};

function* checkAccount(state: VydonState, { id, name, type }: AccountRow): Iterable<Breach> {
  const members = state.members.by("account", id);
  if (type === "personal") {
    if (members.length > 1)
      yield { table: "accounts", id, message: `the personal account has ${members.length} members` };
  } else if (!members.some(({ role }) => role === "admin")) {
    yield { table: "accounts", id, message: `the team "${name}" has no admin` };
  }
}

function* orphans(state: VydonState): Iterable<Breach> {
  const gone = (accountId: string) => !state.accounts.has(accountId);
  for (const { id, accountId, userId } of state.members.all()) {
    if (gone(accountId)) yield { table: "members", id, message: "its account is gone" };
    if (!state.users.has(userId)) yield { table: "members", id, message: "its user is gone" };
  }
  for (const { id, accountId } of state.invites.all()) {
    if (gone(accountId)) yield { table: "invites", id, message: "its account is gone" };
  }
  for (const { id, accountId } of state.meterEvents.all()) {
    if (gone(accountId)) yield { table: "meterEvents", id, message: "its account is gone" };
  }
}
