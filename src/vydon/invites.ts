import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { present, required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import {
  type Account,
  type AssignableRole,
  accountRoles,
  type Invite,
  toAccount,
  toInvite,
} from "./models.js";

/** Invitations to team accounts: `client.invites`. */
export class Invites {
  readonly #rpc: Client<typeof UserAccountService>;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>) {
    this.#rpc = rpc;
  }

  /** An account's open invites, neither accepted nor expired, in one page. Calls `GetTeamAccountInvites`. */
  list(accountId: string, options?: ListOptions): List<Invite> {
    return listAll(async (callOptions) => {
      const request = { accountId: required(accountId, "accountId") };
      const { invites } = await this.#rpc.getTeamAccountInvites(request, toConnect(callOptions));
      return invites.map(toInvite);
    }, options);
  }

  /**
   * Invites somebody to a team account for 24 hours. An open invite to the same address expires at once, so a repeat is
   * not harmless, and is not retried after a failure that leaves open whether the server acted. Calls
   * `InviteUserToTeamAccount`.
   *
   * @param invite.role - the role that the new member gets. Default: the server's, `job_viewer`.
   */
  async create(
    accountId: string,
    invite: { email: string; role?: AssignableRole | undefined },
    options?: CallOptions,
  ): Promise<Invite> {
    const request = {
      accountId: required(accountId, "accountId"),
      email: required(invite.email, "email"),
      ...(invite.role !== undefined && { role: accountRoles.toValue(invite.role, "role") }),
    };
    const response = await this.#rpc.inviteUserToTeamAccount(request, toConnect(options));
    return toInvite(response.invite);
  }

  /** Withdraws an invite; fine where there is none of that id. Calls `RemoveTeamAccountInvite`. */
  async remove(inviteId: string, options?: CallOptions): Promise<void> {
    await this.#rpc.removeTeamAccountInvite({ id: required(inviteId, "inviteId") }, toConnect(options));
  }

  /**
   * Joins the account that an invite is for, as the person it was sent to. Calls `AcceptTeamAccountInvite`.
   *
   * @param token - the invite's `token`, not its id.
   * @returns the account.
   * @throws UnauthenticatedError where the caller uses an API key: only a person can accept.
   * @throws InvalidArgumentError where there is no such invite, it is somebody else's, or it was accepted before.
   * @throws PermissionDeniedError where it has expired.
   */
  async accept(token: string, options?: CallOptions): Promise<Account> {
    const request = { token: required(token, "token") };
    const { account } = await this.#rpc.acceptTeamAccountInvite(request, toConnect(options));
    return toAccount(present(account, "account"));
  }
}
