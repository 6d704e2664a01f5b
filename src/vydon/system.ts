import { getSystemInformation } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { toSystemInformation, type VydonSystemInformation } from "./models/system.js";

/** The server's version and licence: `client.system`. */
export class VydonSystem {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /** Returns the server's version, build and licence. Calls `GetSystemInformation`. */
  info(options?: CallOptions): ApiPromise<VydonSystemInformation> {
    return this.#call(getSystemInformation, () => ({}), toSystemInformation, options);
  }
}
