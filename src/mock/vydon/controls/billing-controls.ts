import { count, duration, object, oneOf, optional } from "../../engine/check-json.js";
import { named } from "../../engine/state/find-by-id-or-name.js";
import { type Duration, toMs } from "../../engine/time/duration.js";
import { subscriptions } from "../seed/seed.js";
import type { AccountRow, MeterEventRow, Subscription, Vydon } from "../state/state.js";
import { newCustomerId } from "../state/stripe.js";

const checkSubscribe = object<{ settlesIn?: Duration }>({ settlesIn: optional(duration) });
const checkStatus = oneOf(subscriptions);
const checkRefusal = object<{ times?: number }>({ times: optional(count) });

const dayMs = 24 * 3_600_000;

/** What a test does to the accounts of a Vydon server, other than calling it: what is paid, and how much time has passed. */
export class VydonBillingControls {
  readonly #vydon: Vydon;

  /** Made by the server. */
  constructor(vydon: Vydon) {
    this.#vydon = vydon;
  }

  /**
   * What the server knows of an account, by id, or by name if only one account has it.
   *
   * @throws Error if there is none, or if several accounts have the name.
   */
  account(idOrName: string): AccountRow {
    return named(this.#vydon.state.accounts, idOrName, "account");
  }

  /**
   * Pays for a team account. At once; or, with `settlesIn`, once that time has passed: until then the account's validity
   * says that it should be polled.
   *
   * @throws Error if there is no such account, and for a personal one.
   */
  subscribe(accountId: string, options: { settlesIn?: Duration } = {}): void {
    checkSubscribe(options, "subscribe");
    const { settlesIn } = options;
    const { state, clock, ids } = this.#vydon;
    const account = this.account(accountId);
    if (account.type === "personal")
      throw new Error(`account ${accountId} is personal: only a team can subscribe`);
    state.accounts.update(account.id, {
      stripeCustomerId: account.stripeCustomerId ?? newCustomerId(ids),
      ...(settlesIn === undefined
        ? { subscription: "active", settlesAt: null }
        : { settlesAt: clock.now() + toMs(settlesIn) }),
    });
  }

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
  subscription(accountId: string, status: Subscription): void {
    checkStatus(status, "status");
    const account = this.account(accountId);
    if (account.stripeCustomerId === null) {
      throw new Error(`account ${accountId} has no billing customer: only a customer has a subscription`);
    }
    this.#vydon.state.accounts.update(account.id, { subscription: status, settlesAt: null });
  }

  /** Makes an account no billing customer any more, without a subscription. @throws Error if there is no such account. */
  unbill(accountId: string): void {
    const { id } = this.account(accountId);
    const changes = { stripeCustomerId: null, subscription: "none", settlesAt: null } as const;
    this.#vydon.state.accounts.update(id, changes);
  }

  /**
   * Makes the billing provider refuse the next calls that the server makes to it. If it refuses while a team is made, the
   * call fails with `unknown`, and the team is there all the same: without a billing customer, and without a role for its
   * maker.
   */
  refuseBilling(options: { times?: number } = {}): void {
    checkRefusal(options, "refuseBilling");
    const { times = 1 } = options;
    this.#vydon.stripe.refuse(times);
  }

  /** Moves an account's creation back by a number of days. Its trial ends earlier. @throws Error if there is no such account. */
  ageAccount(accountId: string, days: number): void {
    const { id, createdAt } = this.account(accountId);
    this.#vydon.state.accounts.update(id, { createdAt: createdAt - toMs(days * dayMs) });
  }

  /**
   * Adds to the records that an account has used. {@link VydonControls.account} tells it; the server tells it by no call.
   *
   * @throws Error if there is no such account.
   */
  recordUsage(accountId: string, records: number): void {
    const { id, usedRecords } = this.account(accountId);
    this.#vydon.state.accounts.update(id, { usedRecords: usedRecords + records });
  }

  /**
   * Sets how many records an account may use; null for no limit. {@link VydonControls.account} tells it; the server tells
   * it by no call.
   *
   * @throws Error if there is no such account.
   */
  limitUsage(accountId: string, records: number | null): void {
    this.#vydon.state.accounts.update(this.account(accountId).id, { allowedRecords: records });
  }

  /** The meter events that an account was charged for, each once. @throws Error if there is no such account. */
  meterEvents(accountId: string): MeterEventRow[] {
    return this.#vydon.state.meterEvents.by("account", this.account(accountId).id);
  }
}
