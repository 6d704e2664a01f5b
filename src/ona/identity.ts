import { exchangeToken as exchange, getAuthenticatedIdentity } from "../../gen/gitpod/v1/identity_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { requiredSecrets } from "../core/checks/arguments.js";
import { requiredString } from "../core/json/fields.js";
import { type OnaCurrentIdentity, toIdentity } from "./models/identity.js";

/** The identity of the client's token, and the exchange of tokens: `client.identity`. */
export class OnaIdentity {
  readonly #call: Caller;
  readonly #callWithoutToken: Caller;

  /** @internal */
  constructor(call: Caller, callWithoutToken: Caller) {
    this.#call = call;
    this.#callWithoutToken = callWithoutToken;
  }

  /**
   * Returns the identity of the client's token: a user, a service account or another subject, and the organization.
   * Calls `GetAuthenticatedIdentity`.
   */
  current(options?: CallOptions): ApiPromise<OnaCurrentIdentity> {
    return this.#call(getAuthenticatedIdentity, () => ({}), toIdentity, options);
  }

  /**
   * Exchanges an exchange token for an access token. The call is made without the client's token. An exchange token may
   * work only once, so a failed call is retried only if the server certainly did not act. With `refreshableToken`, use
   * `onaExchange`. Calls `ExchangeToken`.
   *
   * @returns `accessToken`. The response does not contain the token's expiry. If the token is a JWT, its claim `exp` is
   * the expiry.
   * @throws UnauthenticatedError if the server refuses the exchange token.
   */
  exchangeToken(
    exchangeToken: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** The secret to call with. */
    accessToken: string;
  }> {
    return this.#callWithoutToken(
      exchange,
      (secrets) => requiredSecrets({ exchangeToken }, secrets),
      (json) => ({ accessToken: requiredString(json, "accessToken") }),
      options,
    );
  }
}
