import type { BrokenInvariant, Invariants } from "../../engine/state/strict.js";
import type { VydonAccountRow } from "./rows.js";
import { identityByEmail, membershipOf, type VydonState } from "./state.js";

/** Finds inconsistent states of a Vydon server, such as a team without an admin. */
export function vydonInvariants(rbac: boolean): Invariants<VydonState> {
  return (state, before) => [
    ...Array.from(state.accounts.all()).flatMap((account) => [...checkAccount(state, account, rbac)]),
    ...rowsWithoutParent(state),
    ...acceptedWithoutMember(state, before),
  ];
}

/** Finds invites that a call has accepted without adding the member. */
function* acceptedWithoutMember(state: VydonState, before: VydonState): Iterable<BrokenInvariant> {
  for (const { id, accountId, email, accepted } of state.invites.all()) {
    // Only the call that accepts an invite must add the member, because the member may have left later.
    if (!accepted || before.invites.get(id)?.accepted !== false) continue;
    const identity = identityByEmail(state, email);
    if (identity === undefined || membershipOf(state, accountId, identity.userId) === undefined) {
      yield { table: "invites", id, message: `${email} accepted it, but is not a member` };
    }
  }
}

function* checkAccount(
  state: VydonState,
  { id, name, type }: VydonAccountRow,
  rbac: boolean,
): Iterable<BrokenInvariant> {
  const members = state.members.by("account", id);
  if (type === "personal") {
    if (members.length > 1)
      yield { table: "accounts", id, message: `the personal account has ${members.length} members` };
  } else if (!members.some(({ role }) => role === "admin" || !rbac)) {
    yield { table: "accounts", id, message: `the team "${name}" has no ${rbac ? "admin" : "member"}` };
  }
}

function* rowsWithoutParent(state: VydonState): Iterable<BrokenInvariant> {
  const isMissing = (accountId: string) => !state.accounts.has(accountId);
  for (const { id, accountId, userId } of state.members.all()) {
    if (isMissing(accountId)) yield { table: "members", id, message: "its account no longer exists" };
    if (!state.users.has(userId)) yield { table: "members", id, message: "its user no longer exists" };
  }
  for (const { id, accountId } of state.invites.all()) {
    if (isMissing(accountId)) yield { table: "invites", id, message: "its account no longer exists" };
  }
  for (const { id, accountId } of state.meterEvents.all()) {
    if (isMissing(accountId)) yield { table: "meterEvents", id, message: "its account no longer exists" };
  }
}
