import type { Breach, Invariants } from "../../engine/state/strict.js";
import type { OnaState } from "./state.js";

/** What holds on an Ona server. */
export const onaInvariants: Invariants<OnaState> = function* (state): Iterable<Breach> {
  for (const { id, organizationId, accountId } of state.members.all()) {
    if (!state.organizations.has(organizationId))
      yield { table: "members", id, message: "its organization is gone" };
    if (!state.accounts.has(accountId)) yield { table: "members", id, message: "its account is gone" };
  }
  for (const { id, organizationId, blockedFor, environments, subscriptions } of state.accounts.all()) {
    if (organizationId !== null && !state.organizations.has(organizationId))
      yield { table: "accounts", id, message: "the organization that owns it is gone" };
    if (blockedFor !== null && environments + subscriptions > 0)
      yield { table: "accounts", id, message: "it is blocked, but has something running" };
  }
};
