import {
  createPersonalAccessToken,
  deletePersonalAccessToken,
  getPersonalAccessToken,
  listPersonalAccessTokens,
} from "../../gen/gitpod/v1/user_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, flag, listOf, required, requiredText, toDuration } from "../core/checks/arguments.js";
import { nothing, object, requiredString } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listByToken } from "../core/lists/list-by-token.js";
import { inPage } from "./models/page.js";
import { type OnaPersonalAccessToken, toToken } from "./models/token.js";

/** Personal access tokens: `client.tokens`. Each stands for one user in one organization. */
export class OnaTokens {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists tokens of the caller's organization, without their secrets. Pages have 25 items by default, and at most 100.
   * Calls `ListPersonalAccessTokens`.
   *
   * @throws PermissionDeniedError if `userIds` contain another user's, and the caller is not an admin.
   */
  list(
    filter: {
      /** Only tokens of these users, up to 25. Default: the caller's own. Admins may list tokens of other users. */
      userIds?: readonly string[] | undefined;
    } = {},
    options?: ListOptions,
  ): List<OnaPersonalAccessToken> {
    return listByToken(
      this.#call,
      listPersonalAccessTokens,
      (pagination) => {
        const { userIds = [] } = fieldsOf(filter, "filter");
        return { pagination, filter: { userIds: listOf(userIds, "userIds", requiredText) } };
      },
      inPage("personalAccessTokens", toToken),
      options,
    );
  }

  /**
   * Returns one token, without its secret. Calls `GetPersonalAccessToken`.
   *
   * @throws NotFoundError if there is no such token.
   * @throws PermissionDeniedError if it is another user's, and the caller is not an admin.
   */
  get(tokenId: string, options?: CallOptions): ApiPromise<OnaPersonalAccessToken> {
    return this.#call(
      getPersonalAccessToken,
      () => ({ personalAccessTokenId: requiredText(tokenId, "tokenId") }),
      (json) => object(json, "pat", toToken),
      options,
    );
  }

  /**
   * Creates a token for the caller. A second call would create another one, so a failed call is retried only if the
   * server certainly did not act. Calls `CreatePersonalAccessToken`.
   *
   * @param userId - the caller's own user id: `users.current` returns it.
   * @returns `token`, the secret. Keep it: no other call returns it.
   * @throws PermissionDeniedError if `userId` is another user's.
   *
   * @example
   * ```ts
   * const { id } = await client.users.current();
   * const { token } = await client.tokens.create(id, { description: "backup", validForMs: 7 * 24 * 3_600_000 });
   * ```
   */
  create(
    userId: string,
    token: {
      /**
       * The purpose of the token. The response has no id: find the token in {@link OnaTokens.list} by its description.
       */
      description: string;
      /**
       * How long the token works, in milliseconds, up to 90 days. If it is left out or 0, the server chooses. The vendor does not
       * document its choice.
       */
      validForMs?: number | undefined;
      /** Whether the token can only read. Default false. */
      readOnly?: boolean | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<{
    /** The secret to call with. */
    token: string;
  }> {
    return this.#call(
      createPersonalAccessToken,
      () => {
        const { description, validForMs, readOnly = false } = fieldsOf(token, "token");
        return {
          ...required({ userId, description }),
          ...(validForMs !== undefined && { validFor: toDuration(validForMs, "validForMs") }),
          readOnly: flag(readOnly, "readOnly"),
        };
      },
      (json) => ({ token: requiredString(json, "token") }),
      options,
    );
  }

  /**
   * Deletes a token. It stops working at once. A second call fails with `NotFoundError`, or with `UnauthenticatedError` if it was the
   * caller's own token, so a failed call is retried only if the server certainly did not act. Calls `DeletePersonalAccessToken`.
   *
   * @throws NotFoundError if there is no such token.
   * @throws PermissionDeniedError if it is another user's, and the caller is not an admin.
   */
  delete(tokenId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(
      deletePersonalAccessToken,
      () => ({ personalAccessTokenId: requiredText(tokenId, "tokenId") }),
      nothing,
      options,
    );
  }
}
