import { getUser, setUser } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { toUser, type VydonUser } from "./models/user.js";

/** The caller as a user of the server: `client.users`. */
export class VydonUsers {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Returns the caller's user. Calls `GetUser`.
   *
   * @throws NotFoundError if the token is valid, but its user is not registered. Call {@link VydonUsers.register}.
   */
  current(options?: CallOptions): ApiPromise<VydonUser> {
    return this.#call(getUser, () => ({}), toUser, options);
  }

  /** Registers the caller as a user of the server. Later calls return the same user. Calls `SetUser`. */
  register(options?: CallOptions): ApiPromise<VydonUser> {
    return this.#call(setUser, () => ({}), toUser, options);
  }
}
