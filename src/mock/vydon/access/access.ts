import { failure } from "../../engine/errors.js";
import type { Offered } from "../options.js";
import { findOrCreateUser } from "../state/find-or-create.js";
import type { VydonAccountRow, VydonCaller, VydonRole } from "../state/rows.js";
import { accountsOf, membershipOf, type Vydon } from "../state/state.js";

/** The user id of a worker key, and of the only user of a server without authentication. */
export const zeroUuid = "00000000-0000-0000-0000-000000000000";

/** The caller, and the id of their user. */
export interface ByUser {
  readonly caller: VydonCaller;
  readonly userId: string;
}

/** The caller, and the account that they may use. */
export interface ForAccount extends ByUser {
  readonly account: VydonAccountRow;
}

/** The right that a call requires: to be in the account, to view it, or to edit it. */
type Right = "enter" | "view" | "edit";

/** The requirements of a call of a user. */
export interface UserNeeds {
  /** A check that throws if a server with these settings does not offer the call. Default: every server offers it. */
  readonly offered?: Offered;
}

/** The requirements of a call about an account. */
export interface AccountNeeds extends UserNeeds {
  readonly right: Right;
  /** Whether the account must not be a personal one. Default: any account is accepted. */
  readonly team?: true;
}

/**
 * Finds the accounts of a caller and the caller's role in each, and checks what the caller may do, in the real server's order. Before these
 * checks, the engine has read the message and applied the rules of its schema. Each check has its own error:
 *
 * 1. The token is valid. `authenticate` checks this.
 * 2. A server with these settings offers the call.
 * 3. The caller is registered.
 * 4. The caller is in the account.
 * 5. The caller's role has the right.
 * 6. The account is of the right kind.
 *
 * The resource makes all other checks.
 */
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

  /** Makes checks 2 and 3. @throws ConnectError if one fails. */
  user(caller: VydonCaller, { offered }: UserNeeds): ByUser {
    offered?.(this.#vydon.modes);
    return { caller, userId: this.#registered(caller) };
  }

  /** Makes checks 2 to 6. @throws ConnectError if one fails. */
  account(caller: VydonCaller, accountId: string, needs: AccountNeeds): ForAccount {
    const user = this.user(caller, needs);
    this.#checkMembership(caller, accountId);
    this.#checkRole(caller, accountId, needs);
    const account = this.#vydon.state.accounts.get(accountId.toLowerCase());
    // This happens only for a worker key, because its membership is not checked.
    if (account === undefined) throw failure("unknown", "unable to retrieve account: no rows in result set");
    if (needs.team && account.type === "personal") {
      throw failure("permission_denied", "account is not a team account");
    }
    return { ...user, account };
  }

  #registered(caller: VydonCaller): string {
    if (caller.kind === "anonymous") return findOrCreateUser(this.#vydon.state, caller);
    if (caller.kind === "user" && !this.#vydon.state.users.has(caller.userId)) {
      throw failure("not_found", "unable to find user");
    }
    return caller.userId;
  }

  #checkMembership(caller: VydonCaller, accountId: string): void {
    if (caller.kind === "worker_key") return;
    if (caller.kind === "api_key" && caller.accountId !== accountId) {
      throw failure("permission_denied", "api key is not valid for account");
    }
    if (!this.isIn(caller, accountId)) throw failure("permission_denied", "user is not in account");
  }

  #checkRole(caller: VydonCaller, accountId: string, { right }: AccountNeeds): void {
    if (right === "enter") return;
    const role = this.role(caller, accountId);
    if (role === null || (right === "edit" && role !== "admin")) {
      throw failure("permission_denied", `user does not have permission to ${right} account`);
    }
  }
}
