import {
  acceptTeamAccountInvite,
  getTeamAccountInvites,
  inviteUserToTeamAccount,
  removeTeamAccountInvite,
} from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredSecrets, requiredText } from "../core/checks/arguments.js";
import { nothing, object } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import { toAccount, type VydonAccount } from "./models/account.js";
import { inInvite, toInvites, type VydonInvite } from "./models/invite.js";
import { accountRoles, type VydonAssignableRole } from "./models/member.js";

/** Invites to team accounts: `client.invites`. */
export class VydonInvites {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists an account's open invites, neither accepted nor expired, in one page. Calls `GetTeamAccountInvites`.
   *
   * @throws PermissionDeniedError if the account is personal, or the caller is not in it.
   */
  list(accountId: string, options?: ListOptions): List<VydonInvite> {
    return listAll(this.#call, getTeamAccountInvites, () => required({ accountId }), toInvites, options);
  }

  /**
   * Invites a person to a team account for 24 hours. An open invite to the same address expires at once, so a failed
   * call is retried only if the server certainly did not act. Calls `InviteUserToTeamAccount`.
   *
   * @returns the invite, with the `token` for {@link VydonInvites.accept}.
   * @throws PermissionDeniedError if the account is personal, or the caller is not an admin of it.
   */
  create(
    accountId: string,
    invite: {
      /** The address to send the invite to. */
      email: string;
      /** The role of the new member. Default: `job_viewer`. The invite then has the role "unspecified". */
      role?: VydonAssignableRole | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<VydonInvite> {
    return this.#call(
      inviteUserToTeamAccount,
      () => {
        const { email, role } = fieldsOf(invite, "invite");
        return {
          ...required({ accountId, email }),
          ...(role !== undefined && { role: accountRoles.toWire(role, "role") }),
        };
      },
      inInvite,
      options,
    );
  }

  /**
   * Withdraws an invite. Succeeds if there is no invite with this id. Calls `RemoveTeamAccountInvite`.
   *
   * @throws PermissionDeniedError if the invite exists, and the caller is not an admin of its account.
   */
  remove(inviteId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(
      removeTeamAccountInvite,
      () => ({ id: requiredText(inviteId, "inviteId") }),
      nothing,
      options,
    );
  }

  /**
   * Joins the account that an invite is for, as the person it was sent to. A member may accept any invite to their
   * address, even an old one, to get the invite's role. Calls `AcceptTeamAccountInvite`.
   *
   * @param token - the invite's `token`, not its id.
   * @returns the account.
   * @throws UnauthenticatedError if the caller uses an API key. Only a person can accept.
   * @throws InvalidArgumentError if there is no such invite, it was sent to another address (letter case counts), or it
   * was accepted before.
   * @throws PermissionDeniedError if the invite has expired, or a newer one replaced it.
   * @throws NotFoundError if the caller is not registered: call `users.register` first.
   */
  accept(token: string, options?: CallOptions): ApiPromise<VydonAccount> {
    return this.#call(
      acceptTeamAccountInvite,
      (secrets) => requiredSecrets({ token }, secrets),
      (json) => object(json, "account", toAccount),
      options,
    );
  }
}
