import type { VydonAccountRow, VydonCaller, VydonRole } from "../state/rows.js";
import { accountsOf, membershipOf, type Vydon } from "../state/state.js";

/** The user id of a worker key, and of the only user of a server without authentication. */
export const zeroUuid = "00000000-0000-0000-0000-000000000000";

/** Finds the accounts of a caller, and the caller's role in each. `checks.ts` makes the checks. */
export class Access {
  readonly #vydon: Vydon;

  constructor(vydon: Vydon) {
    this.#vydon = vydon;
  }

  /** Returns whether the caller is in the account. The database compares UUIDs, so the letter case of the id does not count. */
  isIn(caller: VydonCaller, accountId: string): boolean {
    const id = accountId.toLowerCase();
    const isOwn = caller.kind === "api_key" && caller.accountId === id;
    return isOwn || membershipOf(this.#vydon.state, id, caller.userId) !== undefined;
  }

  /** Returns the accounts that the caller is a member of. For an API key, its own account comes first. */
  accounts(caller: VydonCaller): VydonAccountRow[] {
    const { state } = this.#vydon;
    const memberOf = accountsOf(state, caller.userId);
    if (caller.kind !== "api_key") return memberOf;
    const own = state.accounts.get(caller.accountId);
    return own === undefined ? memberOf : [own, ...memberOf];
  }

  /**
   * Returns the caller's role in an account that they are in. Keys are admins, and on a server without roles every caller is an admin. The
   * real server stores roles by the account's id as a string, so the role is null if the request has the id in upper case.
   */
  role(caller: VydonCaller, accountId: string): VydonRole | null {
    const { state, modes } = this.#vydon;
    if (!modes.rbac || caller.kind === "api_key" || caller.kind === "worker_key") return "admin";
    return membershipOf(state, accountId, caller.userId)?.role ?? null;
  }
}
