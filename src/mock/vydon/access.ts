import { failure } from "../engine/errors.js";
import { type AccountRow, memberId, type Role, type Vydon, type VydonCaller } from "./state.js";

/** What one may be allowed to do to an account. */
export type Right = "view" | "edit";

/** A worker key is nobody in particular. */
export const nobody = "00000000-0000-0000-0000-000000000000";

/** Who may do what. Every text here is the real server's. */
export class Access {
  readonly #vydon: Vydon;

  constructor(vydon: Vydon) {
    this.#vydon = vydon;
  }

  /** The caller's user id. @throws ConnectError `not_found`, for a user who never registered. */
  userId(caller: VydonCaller): string {
    if (caller.kind === "user" && !this.#vydon.state.users.has(caller.userId)) {
      throw failure("not_found", "unable to find user");
    }
    return caller.userId;
  }

  /** The caller's user id, where the call is for people alone. @throws ConnectError `permission_denied`, for a key. */
  personId(caller: VydonCaller): string {
    if (caller.kind !== "user") throw failure("permission_denied", "only a user can own accounts, not a key");
    return this.userId(caller);
  }

  /** Whether the account exists and the caller is in it. */
  isIn(caller: VydonCaller, accountId: string): boolean {
    const { accounts, members } = this.#vydon.state;
    if (caller.kind === "worker_key") return accounts.has(accountId);
    if (caller.kind === "api_key") return caller.accountId === accountId;
    return members.has(memberId(accountId, this.userId(caller)));
  }

  /**
   * The account, for a caller who is in it.
   *
   * @throws ConnectError `permission_denied` otherwise; `not_found` where a worker, who is in all, names none.
   */
  entered(caller: VydonCaller, accountId: string): AccountRow {
    if (caller.kind === "api_key" && caller.accountId !== accountId) {
      throw failure("permission_denied", "api key is not valid for account");
    }
    if (caller.kind !== "worker_key" && !this.isIn(caller, accountId)) {
      throw failure("permission_denied", "user is not in account");
    }
    const account = this.#vydon.state.accounts.get(accountId);
    if (account === undefined) throw failure("not_found", "unable to find account");
    return account;
  }

  /** The account, for a caller who is in it and has the right. @throws ConnectError `permission_denied`, otherwise. */
  account(caller: VydonCaller, accountId: string, right: Right): AccountRow {
    const account = this.entered(caller, accountId);
    if (right === "edit" && !this.isUnbound(caller) && this.role(caller, accountId) !== "admin") {
      throw failure("permission_denied", "user does not have permission to edit account");
    }
    return account;
  }

  /** As {@link Access.account}, for accounts of more than one person. @throws ConnectError for a personal one, too. */
  team(caller: VydonCaller, accountId: string, right: Right): AccountRow {
    const account = this.account(caller, accountId, right);
    if (account.type === "personal") throw failure("permission_denied", "account is not a team account");
    return account;
  }

  /** Whether no role binds the caller: keys have none, and without RBAC nobody's counts. */
  isUnbound(caller: VydonCaller): boolean {
    return !this.#vydon.rbac || caller.kind !== "user";
  }

  /** The caller's role in the account. */
  role(caller: VydonCaller, accountId: string): Role | undefined {
    return this.#vydon.state.members.get(memberId(accountId, caller.userId))?.role;
  }
}
