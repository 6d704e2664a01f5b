import type { BrokenInvariant, Invariants } from "../../engine/state/strict.js";
import { adminsOf, isIn, userOf } from "./members.js";
import { type OnaState, organizationTables } from "./state.js";

/** Finds inconsistent states of an Ona server, such as an organization that lost its last admin. */
export const onaInvariants: Invariants<OnaState> = function* (state, before): Iterable<BrokenInvariant> {
  for (const { id, name } of state.organizations.all()) {
    // An organization may start without an admin: people who join by an invite or a domain are not admins.
    if (adminsOf(before, id).length > 0 && adminsOf(state, id).length === 0)
      yield { table: "organizations", id, message: `"${name}" lost its last admin` };
  }
  for (const { who } of state.sessions.all()) {
    const user = who.kind === "user" ? userOf(state, who.userId) : undefined;
    if (who.kind === "user" && (user === undefined || !isIn(user)))
      yield { table: "sessions", id: who.userId, message: "its user has left or no longer exists" };
  }
  for (const { id, userId } of state.tokens.all()) {
    if (userOf(state, userId) === undefined)
      yield { table: "tokens", id, message: "its user no longer exists" };
  }
  for (const table of organizationTables) {
    for (const { id, organizationId } of state[table].all()) {
      if (!state.organizations.has(organizationId))
        yield { table, id, message: "its organization no longer exists" };
    }
  }
  for (const { id, accountId } of state.members.all()) {
    if (!state.accounts.has(accountId))
      yield { table: "members", id, message: "its account no longer exists" };
  }
  for (const { id, organizationId, blockedFor, environments, subscriptions } of state.accounts.all()) {
    if (organizationId !== null && !state.organizations.has(organizationId))
      yield { table: "accounts", id, message: "the organization that owns it no longer exists" };
    if (blockedFor !== null && environments + subscriptions > 0)
      yield {
        table: "accounts",
        id,
        message: "it is blocked, but has running environments or paid subscriptions",
      };
  }
};
