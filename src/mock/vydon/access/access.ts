import type { MemberRow, VydonAccountRow, VydonCaller, VydonRole } from "../state/rows.js";
import { accountsOf, memberId, type Vydon } from "../state/state.js";

/** The user id of a worker key, and of the only user of a server without authentication. */
export const nobody = "00000000-0000-0000-0000-000000000000";

/** The accounts of a caller, and the caller's role in each. The order of checks is in `checks.ts`. */
export class Access {
  readonly #vydon: Vydon;

  constructor(vydon: Vydon) {
    this.#vydon = vydon;
  }

  /** Whether the caller is in the account. The database compares UUIDs, so the case of the id does not matter. */
  isIn(caller: VydonCaller, accountId: string): boolean {
    const id = accountId.toLowerCase();
    return (caller.kind === "api_key" && caller.accountId === id) || this.member(caller, id) !== undefined;
  }

  /** The caller's own membership of an account. */
  member(caller: VydonCaller, accountId: string): MemberRow | undefined {
    return this.#vydon.state.members.get(memberId(accountId, caller.userId));
  }

  /** The accounts that the caller is a member of. For an API key, its own account comes first. */
  accounts(caller: VydonCaller): VydonAccountRow[] {
    const { state } = this.#vydon;
    const memberOf = accountsOf(state, caller.userId);
    if (caller.kind !== "api_key") return memberOf;
    const own = state.accounts.get(caller.accountId);
    return own === undefined ? memberOf : [own, ...memberOf.filter(({ id }) => id !== own.id)];
  }

  /**
   * The role of a caller in an account that they are in. Keys have the role of an admin, and on a server without roles every caller has.
   * Roles are stored by the account's id as a string, so nobody has a role if the request writes the id in upper case.
   */
  role(caller: VydonCaller, accountId: string): VydonRole | null {
    const isUnbound = !this.#vydon.modes.rbac || caller.kind === "api_key" || caller.kind === "worker_key";
    return isUnbound ? "admin" : (this.member(caller, accountId)?.role ?? null);
  }
}
