import type { Duration } from "../../engine/time/duration.js";
import type { VydonNextCalls } from "../state/countdown.js";
import type { VydonAccountRow, VydonMeterEventRow, VydonSubscription } from "../state/rows.js";

/** Options for the payment of an account. */
export interface VydonSubscribeOptions {
  /** How long the payment takes. Default: 0, so the subscription is active at once. */
  settlesIn?: Duration | undefined;
}

/**
 * The actions of a test on the accounts of a Vydon server, outside of its API: change payments, usage and age.
 */
export interface VydonBillingControls {
  /**
   * Returns an account as the server stores it, by id, or by name if only one account has it.
   *
   * @throws Error if there is no such account, or if several accounts have the name.
   */
  account(idOrName: string): VydonAccountRow;
  /**
   * Pays for a team account. Makes it a billing customer if it is not one. A payment with `settlesIn` has
   * no effect before that time.
   *
   * ```ts
   * server.vydon.subscribe("acme", { settlesIn: "10s" });
   * ```
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account, if it is a personal one, or if an option is unknown or wrong.
   */
  subscribe(accountId: string, options?: VydonSubscribeOptions): void;
  /**
   * Sets the status of an account's subscription at the billing provider: `active`, `past_due` (counts as active), `unpaid` (counts as
   * expired after the trial), or `none`.
   *
   * ```ts
   * server.vydon.setSubscription("acme", "unpaid");
   * ```
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account, if it is not a billing customer, or if the status is unknown.
   */
  setSubscription(accountId: string, status: VydonSubscription): void;
  /**
   * Removes an account's billing customer and its subscription.
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account.
   */
  removeBillingCustomer(accountId: string): void;
  /**
   * Makes the billing provider refuse the server's next calls to it. An RPC that needs the provider then fails with `unknown`. These are
   * the RPCs that create a team, open a billing page, report usage, or return the status of a billing customer. A team that is being
   * created stays, without a billing customer and without a role for its creator.
   *
   * @param options - how many calls to refuse. Default: the next one.
   * @throws Error if an option is unknown or wrong.
   */
  refuseBilling(options?: VydonNextCalls): void;
  /**
   * Moves an account's creation back by a number of days, so its trial ends earlier.
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account, or if the number is less than 0.
   */
  ageAccount(accountId: string, days: number): void;
  /**
   * Returns the meter events that an account was charged for, in the order of arrival. Each id is in the list once.
   *
   * @param accountId - the account's id, or its name if only one account has it.
   * @throws Error if there is no such account.
   */
  meterEvents(accountId: string): VydonMeterEventRow[];
}
