import { deleteUser, getAuthenticatedUser, getUser, setSuspended } from "../../gen/gitpod/v1/user_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { required } from "../core/checks/arguments.js";
import { nothing } from "../core/json/fields.js";
import { inUser, type OnaUser } from "./models/user.js";

/** The users of an organization: `client.users`. A user's id also identifies the organization. */
export class OnaUsers {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Returns the user that the client's token stands for. Calls `GetAuthenticatedUser`.
   *
   * @throws PermissionDeniedError if the token stands for another subject, such as a service account.
   * `identity.current` returns it.
   */
  current(options?: CallOptions): ApiPromise<OnaUser> {
    return this.#call(getAuthenticatedUser, () => ({}), inUser, options);
  }

  /**
   * Returns one user of the caller's organization. Calls `GetUser`.
   *
   * @throws NotFoundError if the organization has no such user.
   */
  get(userId: string, options?: CallOptions): ApiPromise<OnaUser> {
    return this.#call(getUser, () => required({ userId }), inUser, options);
  }

  /**
   * Suspends a user from the organization until {@link OnaUsers.unsuspend}. For admins. Calls `SetSuspended`.
   *
   * @throws NotFoundError if the organization has no such user.
   * @throws PermissionDeniedError if the caller is not an admin.
   * @throws FailedPreconditionError if `userId` is the caller's own.
   */
  suspend(userId: string, options?: CallOptions): ApiPromise<void> {
    return this.#setSuspended(userId, true, options);
  }

  /**
   * Ends the suspension of a user. Succeeds if they are not suspended. For admins. Calls `SetSuspended`.
   *
   * @throws NotFoundError if the organization has no such user.
   * @throws PermissionDeniedError if the caller is not an admin.
   */
  unsuspend(userId: string, options?: CallOptions): ApiPromise<void> {
    return this.#setSuspended(userId, false, options);
  }

  /**
   * Deletes a user for good. If they joined by the organization's single sign-on, their account is deleted too.
   * `members.remove` only removes them from the organization. A second call fails with `NotFoundError`, or with
   * `UnauthenticatedError` if the first one ended the caller's own token, so a failed call is retried only if the server certainly
   * did not act. Calls `DeleteUser`.
   *
   * @throws NotFoundError if the organization has no such user.
   * @throws PermissionDeniedError if `userId` is another user's, and the caller is not an admin.
   * @throws FailedPreconditionError if the user is the last admin.
   */
  delete(userId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(deleteUser, () => required({ userId }), nothing, options);
  }

  #setSuspended(userId: string, suspended: boolean, options: CallOptions | undefined): ApiPromise<void> {
    return this.#call(setSuspended, () => ({ ...required({ userId }), suspended }), nothing, options);
  }
}
