import {
  acceptInvitation,
  inviteMember,
  listInvitations,
  revokeInvitation,
} from "../../gen/fam/v1/member_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import { type Clock, monotonicTime } from "../core/call/clock.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, listOf, required, requiredSecrets, requiredText } from "../core/checks/arguments.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { nothing } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import type { TokenSource } from "../core/tokens/auth.js";
import { handOver } from "../core/tokens/hand-over.js";
import { type FamInvite, inInvite, toInvites } from "./models/invite.js";
import { type FamTokenPair, toTokenPair } from "./models/tokens.js";

/** Invites to accounts: `client.invites`. */
export class FamInvites {
  readonly #call: Caller;
  readonly #callWithoutToken: Caller;
  readonly #tokens: TokenSource | undefined;
  readonly #clock: Clock;
  readonly #timeoutMs: number;

  /** @internal */
  constructor(
    call: Caller,
    callWithoutToken: Caller,
    tokens: TokenSource | undefined,
    clock: Clock,
    timeoutMs = 60_000,
  ) {
    this.#call = call;
    this.#callWithoutToken = callWithoutToken;
    this.#tokens = tokens;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Lists an account's invites of any status, in one page. Calls `ListInvitations`.
   *
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller has no relation to it or to an account above it.
   */
  list(accountId: string, options?: ListOptions): List<FamInvite> {
    return listAll(this.#call, listInvitations, () => required({ accountId }), toInvites, options);
  }

  /**
   * Invites a person to an account. A second call may send another invite, so a failed call is retried only if the
   * server certainly did not act. Calls `InviteMember`.
   *
   * @returns the invite. Its secret goes only to the invited person.
   * @throws AlreadyExistsError if the person is a member already.
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller is not an owner or an admin of it, or of an account above it.
   */
  create(
    accountId: string,
    invite: {
      /** The address to send the invite to. */
      email: string;
      /** The person's relations to the account, such as "owner" or "admin"; at least one. */
      relations: readonly string[];
    },
    options?: CallOptions,
  ): ApiPromise<FamInvite> {
    return this.#call(
      inviteMember,
      () => {
        const { email, relations: names } = fieldsOf(invite, "invite");
        const relations = listOf(names, "relations", requiredText);
        if (relations.length === 0) throw invalidArgument("relations", "must not be empty");
        return { ...required({ accountId, email }), relations };
      },
      inInvite,
      options,
    );
  }

  /**
   * Revokes an invite. Succeeds if it was revoked before. Calls `RevokeInvitation`.
   *
   * @throws NotFoundError if there is no such account, or it has no such invite.
   * @throws PermissionDeniedError if the caller is not an owner or an admin of it, or of an account above it.
   * @throws FailedPreconditionError if the invite was accepted.
   */
  revoke(accountId: string, inviteId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(
      revokeInvitation,
      () => ({ ...required({ accountId }), invitationId: requiredText(inviteId, "inviteId") }),
      nothing,
      options,
    );
  }

  /**
   * Joins the account that an invite is for. The call is made without the client's token, because the person who
   * accepts may not have one yet. If the client's `auth` accepts tokens, as a `refreshableToken` does, it gets the new
   * pair. The client's later calls are then made as the person who accepted. An invite can be accepted once, so a
   * failed call is retried only if the server certainly did not act. Calls `AcceptInvitation`.
   *
   * @returns the new pair of tokens. Keep it: no other call returns it.
   * @throws InvalidArgumentError if there is no such invite, or the password is missing or too short.
   * @throws FailedPreconditionError if the invite was revoked, was accepted before or has expired.
   * @throws ApiError if `auth` cannot accept the new tokens. The error's `partial` contains them.
   *
   * @example
   * ```ts
   * const auth = refreshableToken({ refresh, store: webStorageStore(localStorage, "acme.tokens") });
   * const client = new FamClient({ baseUrl, auth });
   * await client.invites.accept({ token, password });
   * await client.accounts.permissions(); // as the new member
   * ```
   */
  accept(
    acceptance: {
      /** The secret that the invited person was sent, not the invite's id. */
      token: string;
      /** 8 characters or more, for a person who is not a user yet. Default: none. An empty string is not sent. */
      password?: string | undefined;
      /** A code, if the server requires one. Default: none. An empty string is not sent. */
      code?: string | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<FamTokenPair> {
    const accepted = this.#callWithoutToken(
      acceptInvitation,
      (secrets) => {
        const { token, password = "", code = "" } = fieldsOf(acceptance, "acceptance");
        return {
          invitationToken: requiredSecrets({ token }, secrets).token,
          ...(password !== "" && requiredSecrets({ password }, secrets)),
          ...(code !== "" && requiredSecrets({ code }, secrets)),
        };
      },
      toTokenPair,
      options,
    );
    const { signal, timeoutMs = this.#timeoutMs } = options ?? {};
    const startedAt = monotonicTime(this.#clock);
    const done = accepted.withResponse().then(async (response) => {
      const leftMs = (timeoutMs || Infinity) - (monotonicTime(this.#clock) - startedAt);
      // At least 1 ms, so that `auth` gets the tokens even if the response came at the last moment.
      const limits = { signal, timeoutMs: Math.max(1, leftMs), clock: this.#clock };
      await handOver(response.data, this.#tokens, limits);
      return response;
    });
    const data = done.then((response) => response.data);
    return Object.assign(data, {
      async withResponse() {
        await data;
        return done;
      },
    });
  }
}
