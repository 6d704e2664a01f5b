import type { Duration } from "../../engine/time/duration.js";
import type { VydonAccountRow, VydonMeterEventRow, VydonSubscription } from "../state/rows.js";

/** How an account pays. */
export interface VydonSubscribeOptions {
  /** How long the payment takes. Default: no time. */
  settlesIn?: Duration;
}

/** Which of the next calls are meant. */
export interface VydonNextCalls {
  /** How many calls. Default 1. */
  times?: number;
}

/** What a test does to the accounts of a Vydon server other than calling it: payments, usage, and age. */
export interface VydonBillingControls {
  /**
   * What the server knows of an account, by id, or by name if only one account has it.
   *
   * @throws Error if there is none, or if several accounts have the name.
   */
  account(idOrName: string): VydonAccountRow;
  /**
   * Pays for a team account. With `settlesIn`, the payment takes this long, and until then the account's validity says that it should be
   * polled.
   *
   * @throws Error if there is no such account, and for a personal one.
   */
  subscribe(accountId: string, options?: VydonSubscribeOptions): void;
  /**
   * Sets what the billing provider says of an account's subscription: `active`, `past_due` (counts as active), `unpaid`
   * (counts as expired once the trial is over), or `none`.
   *
   * ```ts
   * server.vydon.subscription("acme", "unpaid");
   * ```
   *
   * @throws Error if there is no such account, and if the account is not a billing customer.
   */
  subscription(accountId: string, status: VydonSubscription): void;
  /** Removes an account's billing customer and its subscription. @throws Error if there is no such account. */
  unbill(accountId: string): void;
  /**
   * Makes the billing provider refuse the server's next calls to it. If it refuses while a team is created, the call fails with
   * `unknown`, and the team stays: without a billing customer, and without a role for its creator.
   */
  refuseBilling(options?: VydonNextCalls): void;
  /** Moves an account's creation back by a number of days, so its trial ends earlier. @throws Error if there is no such account. */
  ageAccount(accountId: string, days: number): void;
  /**
   * Adds to the records that an account has used. {@link VydonBillingControls.account} returns the number. No call of the server does.
   *
   * @throws Error if there is no such account.
   */
  recordUsage(accountId: string, records: number): void;
  /**
   * Sets how many records an account may use; null for no limit. {@link VydonBillingControls.account} returns the number. No call of the
   * server does.
   *
   * @throws Error if there is no such account.
   */
  limitUsage(accountId: string, records: number | null): void;
  /** The meter events that an account was charged for, each once. @throws Error if there is no such account. */
  meterEvents(accountId: string): VydonMeterEventRow[];
}
