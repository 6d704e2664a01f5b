import type { Duration } from "../../engine/time/duration.js";
import type { VydonAccountRow, VydonMeterEventRow, VydonSubscription } from "../state/rows.js";

/** How an account pays. */
export interface VydonSubscribeOptions {
  /** How long the payment takes. Default: 0. */
  settlesIn?: Duration;
}

/** How many of the next calls are affected. */
export interface VydonNextCalls {
  /** How many calls. Default 1. */
  times?: number;
}

/** What a test can do to the accounts of a Vydon server outside of its API: change payments, usage and age. */
export interface VydonBillingControls {
  /**
   * Returns an account as the server stores it, by id, or by name if only one account has it.
   *
   * @throws Error if there is no such account, or if several accounts have the name.
   */
  account(idOrName: string): VydonAccountRow;
  /**
   * Pays for a team account. With `settlesIn`, the payment takes this long, and until then the account's validity has `shouldPoll`.
   *
   * @throws Error if there is no such account, or if it is a personal one.
   */
  subscribe(accountId: string, options?: VydonSubscribeOptions): void;
  /**
   * Sets the status of an account's subscription at the billing provider: `active`, `past_due` (counts as active), `unpaid` (counts as
   * expired after the trial), or `none`.
   *
   * ```ts
   * server.vydon.subscription("acme", "unpaid");
   * ```
   *
   * @throws Error if there is no such account, or if it is not a billing customer.
   */
  subscription(accountId: string, status: VydonSubscription): void;
  /** Removes an account's billing customer and its subscription. @throws Error if there is no such account. */
  unbill(accountId: string): void;
  /**
   * Makes the billing provider refuse the next calls that the server makes to it. If it refuses while a team is created, the call fails
   * with `unknown`, and the team stays: without a billing customer, and without a role for its creator.
   */
  refuseBilling(options?: VydonNextCalls): void;
  /** Moves an account's creation back by a number of days, so its trial ends earlier. @throws Error if there is no such account. */
  ageAccount(accountId: string, days: number): void;
  /**
   * Adds to the number of records that an account has used. {@link VydonBillingControls.account} returns the number, and no RPC does.
   *
   * @throws Error if there is no such account.
   */
  recordUsage(accountId: string, records: number): void;
  /**
   * Sets how many records an account may use; null for no limit. {@link VydonBillingControls.account} returns the number, and no RPC does.
   *
   * @throws Error if there is no such account.
   */
  limitUsage(accountId: string, records: number | null): void;
  /** Returns the meter events that an account was charged for, each once. @throws Error if there is no such account. */
  meterEvents(accountId: string): VydonMeterEventRow[];
}
