import type { Breach, Invariants } from "../../engine/state/strict.js";
import { type AccountRow, memberId, type VydonState } from "./state.js";

/** What always holds on a Vydon server whose admins take care. */
export function vydonInvariants(rbac: boolean): Invariants<VydonState> {
  return (state, before) => [
    ...Array.from(state.accounts.all()).flatMap((account) => [...checkAccount(state, account, rbac)]),
    ...orphans(state),
    ...strangers(state, before),
  ];
}

/** Those who accepted an invite, and became no members. */
function* strangers(state: VydonState, before: VydonState): Iterable<Breach> {
  for (const { id, accountId, email, accepted } of state.invites.all()) {
    // Whoever accepted may have left since: it is the call that accepts which must make a member.
    if (!accepted || before.invites.get(id)?.accepted !== false) continue;
    const members = state.identities.by("email", email);
    if (!members.some(({ userId }) => state.members.has(memberId(accountId, userId)))) {
      yield { table: "invites", id, message: `${email} accepted it, but is no member` };
    }
  }
}

function* checkAccount(state: VydonState, { id, name, type }: AccountRow, rbac: boolean): Iterable<Breach> {
  const members = state.members.by("account", id);
  if (type === "personal") {
    if (members.length > 1)
      yield { table: "accounts", id, message: `the personal account has ${members.length} members` };
  } else if (!members.some(({ role }) => role === "admin" || !rbac)) {
    yield { table: "accounts", id, message: `the team "${name}" has no ${rbac ? "admin" : "member"}` };
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
