import type { Ids } from "../engine/ids.js";

/** A new billing customer's id. */
export function newCustomer(ids: Ids): string {
  return `cus_${ids.token(14)}`;
}

/** Where a new checkout session would be. */
export function newCheckoutUrl(ids: Ids): string {
  return `https://billing.vydon.mock/checkout/cs_${ids.token(24)}`;
}

/** Where a new session of the billing portal would be. */
export function newPortalUrl(ids: Ids): string {
  return `https://billing.vydon.mock/portal/bps_${ids.token(24)}`;
}
