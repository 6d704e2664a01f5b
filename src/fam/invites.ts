import type { Client } from "@connectrpc/connect";
import type { MemberService } from "../../gen/fam/v1/member_pb.js";
import type { TokenSource } from "../core/auth.js";
import { invalid, required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import { type Invite, type TokenPair, toInvite, toTokenPair } from "./models.js";

/** Invitations to accounts: `client.invites`. */
export class Invites {
  readonly #rpc: Client<typeof MemberService>;
  readonly #tokens: TokenSource | undefined;

  /** @internal */
  constructor(rpc: Client<typeof MemberService>, tokens: TokenSource | undefined) {
    this.#rpc = rpc;
    this.#tokens = tokens;
  }

  /** An account's invites, whatever became of them, in one page. Calls `ListInvitations`. */
  list(accountId: string, options?: ListOptions): List<Invite> {
    return listAll(async (callOptions) => {
      const request = { accountId: required(accountId, "accountId") };
      const { invitations } = await this.#rpc.listInvitations(request, toConnect(callOptions));
      return invitations.map(toInvite);
    }, options);
  }

  /**
   * Invites somebody to an account. A repeat is not harmless, and is not retried after a failure that leaves open
   * whether the server acted. Calls `InviteMember`.
   *
   * @param invite.relations - what they would be to the account, such as "owner" or "admin"; at least one.
   * @throws AlreadyExistsError where they are a member already.
   * @throws PermissionDeniedError where the caller may not invite.
   */
  async create(
    accountId: string,
    invite: { email: string; relations: readonly string[] },
    options?: CallOptions,
  ): Promise<Invite> {
    const { email, relations } = invite;
    if (!Array.isArray(relations) || relations.length === 0)
      throw invalid("relations", "must have at least one");
    const request = {
      accountId: required(accountId, "accountId"),
      email: required(email, "email"),
      relations: relations.map((relation) => required(relation, "relations")),
    };
    const { invitation } = await this.#rpc.inviteMember(request, toConnect(options));
    return toInvite(invitation);
  }

  /**
   * Takes an invite back; fine where that was done before. Calls `RevokeInvitation`.
   *
   * @throws NotFoundError where the account has no such invite.
   * @throws FailedPreconditionError where it was accepted.
   */
  async revoke(accountId: string, inviteId: string, options?: CallOptions): Promise<void> {
    const request = {
      accountId: required(accountId, "accountId"),
      invitationId: required(inviteId, "inviteId"),
    };
    await this.#rpc.revokeInvitation(request, toConnect(options));
  }

  /**
   * Joins the account that an invite is for. It is sent without the client's token: whoever accepts may have none yet.
   * Where the client's `auth` can take tokens, as `refreshableToken` can, it is given the pair, and the client goes on as
   * the person who accepted. Calls `AcceptInvitation`.
   *
   * @returns the new pair of tokens. Keep it: an invite can be accepted once.
   * @throws InvalidArgumentError where there is no such invite, or the password is missing or too short.
   * @throws FailedPreconditionError where it was taken back, or has expired.
   *
   * @example
   * ```ts
   * const auth = refreshableToken({ refresh, store: webStorageStore(localStorage, "acme.tokens") });
   * const client = new FamClient({ baseUrl, auth });
   * await client.invites.accept({ token, password });
   * await client.accounts.permissions(); // as the new member
   * ```
   */
  async accept(
    acceptance: {
      /** The secret that the invited person was sent, not the invite's id. */
      token: string;
      /** Of somebody who is no user yet, for their new account. */
      password?: string | undefined;
      /** Where the server asks for one; sent as it is. */
      code?: string | undefined;
    },
    options?: CallOptions,
  ): Promise<TokenPair> {
    const { token, password, code } = acceptance;
    const request = {
      invitationToken: required(token, "token"),
      ...(password !== undefined && { password }),
      ...(code !== undefined && { code }),
    };
    const tokens = toTokenPair(await this.#rpc.acceptInvitation(request, toConnect(options)));
    await this.#tokens?.accept?.(tokens);
    return tokens;
  }
}
