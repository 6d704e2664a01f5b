import { failure } from "../../engine/errors.js";
import type { Ids } from "../../engine/state/ids.js";
import type { Countdown } from "./countdown.js";

/** The billing provider of a server. `server.vydon.refuseBilling` makes it refuse calls. */
export class Stripe {
  readonly #refusals: Countdown;
  readonly #ids: Ids;

  /** Creates a provider. It refuses as many calls as `refusals` counts. */
  constructor(refusals: Countdown, ids: Ids) {
    this.#refusals = refusals;
    this.#ids = ids;
  }

  /** Makes the next calls to the provider fail. */
  refuse(times: number): void {
    this.#refusals.set(times);
  }

  /**
   * Creates a customer. Returns its id. `context` is the server's text before the provider's error.
   *
   * @throws ConnectError `unknown` if the provider refuses.
   */
  newCustomer(context: string): string {
    this.#throwIfRefusing(
      `${context}: unable to get stripe customer id: unable to create new stripe customer`,
    );
    return newCustomerId(this.#ids);
  }

  /** Lists the subscriptions of a customer, which are in the account's row. @throws ConnectError `unknown` if the provider refuses. */
  listSubscriptions(): void {
    this.#throwIfRefusing("encountered error when retrieving stripe subscriptions");
  }

  /** Opens a checkout session. Returns its URL. @throws ConnectError `unknown` if the provider refuses. */
  newCheckoutUrl(context: string): string {
    this.#throwIfRefusing(`${context}: unable to create new stripe checkout session`);
    return `https://billing.vydon.mock/checkout/cs_${this.#ids.token(24)}`;
  }

  /** Opens a session of the billing portal. Returns its URL. @throws ConnectError `unknown` if the provider refuses. */
  newPortalUrl(): string {
    this.#throwIfRefusing("unable to generate billing portal session");
    return `https://billing.vydon.mock/portal/bps_${this.#ids.token(24)}`;
  }

  /** Checks a meter event's value. @throws ConnectError `unknown` if it is not a number, or if the provider refuses. */
  checkMeterValue(value: string): void {
    this.#throwIfRefusing();
    if (!/^[+-]?\d+(\.\d+)?$/.test(value)) {
      throw failure("unknown", toText(400, `Invalid value for a meter event: ${value}`));
    }
  }

  #throwIfRefusing(context?: string): void {
    if (!this.#refusals.take()) return;
    const text = toText(402, "The billing provider refused the request");
    throw failure("unknown", context === undefined ? text : `${context}: ${text}`);
  }
}

/** Returns an id for a new customer. */
export function newCustomerId(ids: Ids): string {
  return `cus_${ids.token(14)}`;
}

/** Returns the provider's error as JSON. The server sends it to its caller. */
function toText(status: number, message: string): string {
  return JSON.stringify({ status, message, type: "invalid_request_error" });
}
