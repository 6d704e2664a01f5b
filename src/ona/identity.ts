import { exchangeToken as exchange, getAuthenticatedIdentity } from "../../gen/gitpod/v1/identity_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { required } from "../core/checks/arguments.js";
import { requiredString } from "../core/json/fields.js";
import { type OnaCurrentIdentity, toIdentity } from "./models/identity.js";

/** Who the client is, and tokens for tokens: `client.identity`. */
export class OnaIdentity {
  readonly #call: Caller;
  readonly #callWithoutToken: Caller;

  /** @internal */
  constructor(call: Caller, callWithoutToken: Caller) {
    this.#call = call;
    this.#callWithoutToken = callWithoutToken;
  }

  /** Who the client is: a user, a service account and so on, and in which organization. Calls `GetAuthenticatedIdentity`. */
  current(options?: CallOptions): ApiPromise<OnaCurrentIdentity> {
    return this.#call(getAuthenticatedIdentity, () => ({}), toIdentity, options);
  }

  /**
   * Exchanges an exchange token for an access token. The call is made without the client's token. An exchange token may work
   * only once, so the call is not repeated after a failure unless it is sure that the server did not act. {@link onaExchange}
   * makes a `refresh` of it. Calls `ExchangeToken`.
   *
   * @returns `accessToken`. The response does not say when it expires: a JWT has it as `exp`.
   * @throws UnauthenticatedError if the server does not know the exchange token.
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
      (secrets) => {
        const request = required({ exchangeToken });
        secrets.push(exchangeToken);
        return request;
      },
      (json) => ({ accessToken: requiredString(json, "accessToken") }),
      options,
    );
  }
}
