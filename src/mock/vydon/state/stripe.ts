import { failure } from "../../engine/errors.js";
import type { Ids } from "../../engine/state/ids.js";
import type { Entity, Table } from "../../engine/state/tables.js";

/** How often the billing provider still refuses; there is at most this one row. */
export interface RefusalRow extends Entity {
  readonly left: number;
}

const rowId = "refusals";

/** The billing provider behind the server. It refuses calls if it is told to: see `server.vydon.refuseBilling`. */
export class Stripe {
  readonly #table: Table<RefusalRow>;
  readonly #ids: Ids;

  /** A provider whose refusals are in a table. */
  constructor(table: Table<RefusalRow>, ids: Ids) {
    this.#table = table;
    this.#ids = ids;
  }

  /** Lets the next calls fail. */
  refuse(times: number): void {
    this.#table.delete(rowId);
    if (times > 0) this.#table.insert({ id: rowId, left: times });
  }

  /**
   * Makes a customer; returns its id. `context` is what the server says before the provider's error.
   *
   * @throws ConnectError `unknown` if the provider refuses.
   */
  newCustomer(context: string): string {
    this.#mayRefuse(`${context}: unable to get stripe customer id: unable to create new stripe customer`);
    return newCustomerId(this.#ids);
  }

  /** Opens a checkout session; returns its URL. @throws ConnectError `unknown` if the provider refuses. */
  newCheckoutUrl(context: string): string {
    this.#mayRefuse(`${context}: unable to create new stripe checkout session`);
    return `https://billing.vydon.mock/checkout/cs_${this.#ids.token(24)}`;
  }

  /** Opens a session of the billing portal; returns its URL. @throws ConnectError `unknown` if the provider refuses. */
  newPortalUrl(): string {
    this.#mayRefuse("unable to generate billing portal session");
    return `https://billing.vydon.mock/portal/bps_${this.#ids.token(24)}`;
  }

  /** Checks a meter event's value. @throws ConnectError `unknown` if it is not a number, or if the provider refuses. */
  checkMeterValue(value: string): void {
    this.#mayRefuse();
    if (!/^[+-]?\d+(\.\d+)?$/.test(value)) {
      throw failure("unknown", toText(400, `Invalid value for a meter event: ${value}`));
    }
  }

  #mayRefuse(context?: string): void {
    const left = this.#table.get(rowId)?.left ?? 0;
    if (left === 0) return;
    this.refuse(left - 1);
    const text = toText(402, "The billing provider refused the request");
    throw failure("unknown", context === undefined ? text : `${context}: ${text}`);
  }
}

/** A new customer's id. */
export function newCustomerId(ids: Ids): string {
  return `cus_${ids.token(14)}`;
}

/** The server hands on the provider's error as JSON. */
function toText(status: number, message: string): string {
  return JSON.stringify({ status, message, type: "invalid_request_error" });
}
