import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import { type AssignableRole, accountRoles, type Member, toMember } from "./models.js";

/** The people in a team account: `client.members`. */
export class Members {
  readonly #rpc: Client<typeof UserAccountService>;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>) {
    this.#rpc = rpc;
  }

  /**
   * The members of a team account, in one page. Calls `GetTeamAccountMembers`.
   *
   * @throws PermissionDeniedError where the account is a personal one, or the caller is not in it.
   *
   * @example
   * ```ts
   * for await (const member of client.members.list(accountId)) console.log(member.email, member.role);
   * ```
   */
  list(accountId: string, options?: ListOptions): List<Member> {
    return listAll(async (callOptions) => {
      const request = { accountId: required(accountId, "accountId") };
      const { users } = await this.#rpc.getTeamAccountMembers(request, toConnect(callOptions));
      return users.map(toMember);
    }, options);
  }

  /** Takes somebody out of a team account; fine where they are not in it. Calls `RemoveTeamAccountMember`. */
  async remove(accountId: string, userId: string, options?: CallOptions): Promise<void> {
    const request = { accountId: required(accountId, "accountId"), userId: required(userId, "userId") };
    await this.#rpc.removeTeamAccountMember(request, toConnect(options));
  }

  /**
   * Gives a member another role. Calls `SetUserRole`.
   *
   * @throws InvalidArgumentError where the user is not in the account.
   */
  async setRole(
    accountId: string,
    userId: string,
    role: AssignableRole,
    options?: CallOptions,
  ): Promise<void> {
    const request = {
      accountId: required(accountId, "accountId"),
      userId: required(userId, "userId"),
      role: accountRoles.toValue(role, "role"),
    };
    await this.#rpc.setUserRole(request, toConnect(options));
  }
}
