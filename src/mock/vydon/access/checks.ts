import { failure } from "../../engine/errors.js";
import type { Offered } from "../options.js";
import { findOrCreateUser } from "../state/find-or-create.js";
import type { VydonAccountRow, VydonCaller } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import type { Access } from "./access.js";

/** The caller, as the token identifies them. */
export interface ByToken {
  readonly caller: VydonCaller;
}

/** The caller, and the id of their user. */
export interface ByUser extends ByToken {
  readonly userId: string;
}

/** The caller, and the account that they may use. */
export interface ForAccount extends ByUser {
  readonly account: VydonAccountRow;
}

/** What a user's call requires. */
export interface UserNeeds {
  /** Throws if a server with these settings does not offer the call. Default: every server offers it. */
  readonly offered?: Offered;
}

/** What a call that names an account requires. */
export interface AccountNeeds extends UserNeeds {
  /** What the caller must be allowed to do: to be in the account, to view it, or to edit it. */
  readonly right: "enter" | "view" | "edit";
  /** Whether the account must be able to have several members. Default: any account is accepted. */
  readonly team?: true;
}

/**
 * The order in which Vydon checks a call. The engine has already read the message and applied the rules of its schema. Then come these
 * checks, each with its own error:
 *
 * 1. the token, 2. whether this kind of server offers the call, 3. whether the caller is registered, 4. whether they
 * are in the account, 5. whether their role suffices, 6. whether the account is of the right kind.
 *
 * The resource checks the rest.
 */
export class Checks {
  readonly #vydon: Vydon;
  readonly #access: Access;

  constructor(vydon: Vydon, access: Access) {
    this.#vydon = vydon;
    this.#access = access;
  }

  /** Steps 2 and 3. @throws ConnectError if a check fails. */
  user(caller: VydonCaller, { offered }: UserNeeds = {}): ByUser {
    offered?.(this.#vydon.modes);
    return { caller, userId: this.#registered(caller) };
  }

  /** Steps 2 to 6. @throws ConnectError if a check fails. */
  account(caller: VydonCaller, accountId: string, needs: AccountNeeds): ForAccount {
    const user = this.user(caller, needs);
    this.#checkMembership(caller, accountId);
    this.#checkRole(caller, accountId, needs);
    const account = this.#vydon.state.accounts.get(accountId.toLowerCase());
    // This happens only for a worker key, whose membership is not checked.
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
    if (!this.#access.isIn(caller, accountId)) throw failure("permission_denied", "user is not in account");
  }

  #checkRole(caller: VydonCaller, accountId: string, { right }: AccountNeeds): void {
    if (right === "enter") return;
    const role = this.#access.role(caller, accountId);
    if (role === null || (right === "edit" && role !== "admin")) {
      throw failure("permission_denied", `user does not have permission to ${right} account`);
    }
  }
}
