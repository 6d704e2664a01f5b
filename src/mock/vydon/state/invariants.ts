import { keysOf } from "../../engine/records.js";
import type { BrokenInvariant, Invariants } from "../../engine/state/strict.js";
import type { TablesWith } from "../../engine/state/tables.js";
import type { VydonAccountRow } from "./rows.js";
import { identityByEmail, membershipOf, type VydonState } from "./state.js";

const ofAccounts: Readonly<Record<TablesWith<VydonState, "accountId">, true>> = {
  members: true,
  invites: true,
  apiKeys: true,
  meterEvents: true,
};

/** The tables whose rows belong to an account. This file does not compile if one is missing. */
const accountTables = keysOf(ofAccounts);

/** Finds inconsistent states of a Vydon server, such as a team without an admin. */
export function vydonInvariants(rbac: boolean): Invariants<VydonState> {
  return function* (state, before) {
    for (const account of state.accounts.all()) yield* checkAccount(state, account, rbac);
    yield* rowsWithoutParent(state);
    yield* acceptedWithoutMember(state, before);
  };
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
    return;
  }
  // The real server may fail before it gives the creator of a team a role, so a member without one is enough.
  if (!members.some(({ role }) => role === "admin" || role === null || !rbac)) {
    yield { table: "accounts", id, message: `the team "${name}" has no ${rbac ? "admin" : "member"}` };
  }
}

function* rowsWithoutParent(state: VydonState): Iterable<BrokenInvariant> {
  for (const table of accountTables) {
    for (const { id, accountId } of state[table].all()) {
      if (!state.accounts.has(accountId)) yield { table, id, message: "its account no longer exists" };
    }
  }
  for (const { id, userId } of state.members.all()) {
    if (!state.users.has(userId)) yield { table: "members", id, message: "its user no longer exists" };
  }
}
