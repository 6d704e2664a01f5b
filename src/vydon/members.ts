import {
  getTeamAccountMembers,
  removeTeamAccountMember,
  setUserRole,
} from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { required } from "../core/checks/arguments.js";
import { nothing } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import { accountRoles, toMembers, type VydonAssignableRole, type VydonMember } from "./models/member.js";

/** The members of team accounts and their roles: `client.members`. */
export class VydonMembers {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists the members of a team account, in one page. The list of an enterprise account is empty. Calls
   * `GetTeamAccountMembers`.
   *
   * @throws PermissionDeniedError if the account is personal, or the caller is not in it.
   *
   * @example
   * ```ts
   * for await (const member of client.members.list(accountId)) console.log(member.email, member.role);
   * ```
   */
  list(accountId: string, options?: ListOptions): List<VydonMember> {
    return listAll(this.#call, getTeamAccountMembers, () => required({ accountId }), toMembers, options);
  }

  /**
   * Removes a member from a team account. Succeeds if the user is not a member. Members who are not admins cannot remove
   * themselves. The last admin can be removed too: the account then has no admin. Calls `RemoveTeamAccountMember`.
   *
   * @throws PermissionDeniedError if the account is personal, or the caller is not an admin of it.
   */
  remove(accountId: string, userId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(removeTeamAccountMember, () => required({ accountId, userId }), nothing, options);
  }

  /**
   * Changes a member's role. The last admin can lose the role too, and cannot get it back. On a server without roles
   * (RBAC), it succeeds and changes nothing. Calls `SetUserRole`.
   *
   * @throws InvalidArgumentError if the user is not in the account.
   * @throws PermissionDeniedError if the caller is not an admin of the account.
   */
  setRole(
    accountId: string,
    userId: string,
    role: VydonAssignableRole,
    options?: CallOptions,
  ): ApiPromise<void> {
    return this.#call(
      setUserRole,
      () => ({
        ...required({ accountId, userId }),
        role: accountRoles.toWire(role, "role"),
      }),
      nothing,
      options,
    );
  }
}
