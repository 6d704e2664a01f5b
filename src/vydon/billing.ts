import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { within } from "../core/abort.js";
import type { Clock } from "../core/clock.js";
import { required, toBigInt } from "../core/convert.js";
import { FailedPreconditionError } from "../core/errors.js";
import { endedError } from "../core/failure.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import {
  type Account,
  type BillingStatus,
  type BillingValidity,
  toAccount,
  toBillingStatus,
  toBillingValidity,
} from "./models.js";

/** What an account uses and pays: `client.billing`. Most of it needs a server with billing, that is, the cloud. */
export class Billing {
  readonly #rpc: Client<typeof UserAccountService>;
  readonly #clock: Clock;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>, clock: Clock) {
    this.#rpc = rpc;
    this.#clock = clock;
  }

  /** What an account has used in this billing period. All zero on self-hosted servers. Calls `GetAccountStatus`. */
  async status(accountId: string, options?: CallOptions): Promise<BillingStatus> {
    const request = { accountId: required(accountId, "accountId") };
    return toBillingStatus(await this.#rpc.getAccountStatus(request, toConnect(options)));
  }

  /**
   * Whether an account may be used, and if not, why. Calls `IsAccountStatusValid`.
   *
   * @param usage.requestedRecordCount - records to add to what is used already, to see whether they would be allowed.
   */
  async validity(
    accountId: string,
    usage: { requestedRecordCount?: number | undefined } = {},
    options?: CallOptions,
  ): Promise<BillingValidity> {
    const count = usage.requestedRecordCount;
    const request = {
      accountId: required(accountId, "accountId"),
      ...(count !== undefined && { requestedRecordCount: toBigInt(count, "requestedRecordCount") }),
    };
    return toBillingValidity(await this.#rpc.isAccountStatusValid(request, toConnect(options)));
  }

  /**
   * Asks for an account's validity again and again for as long as the server says that the answer may change. Calls
   * `IsAccountStatusValid`.
   *
   * @param wait.intervalMs - from one question to the next, in milliseconds. Default 5 000.
   * @param options.timeoutMs - for the whole wait, in milliseconds. Default 300 000; 0 for no limit.
   * @returns the validity, once it is valid.
   * @throws FailedPreconditionError where the account is not valid and the server says that waiting won't help.
   * @throws DeadlineExceededError where it is not valid in time.
   */
  async waitUntilValid(
    accountId: string,
    wait: { requestedRecordCount?: number | undefined; intervalMs?: number | undefined } = {},
    options: CallOptions = {},
  ): Promise<BillingValidity> {
    const { intervalMs = 5_000, ...usage } = wait;
    const { signal, timeoutMs = 300_000, ...callOptions } = options;
    const bounds = { signal, timeoutMs: timeoutMs || undefined, clock: this.#clock };
    return within(bounds, async (bounded) => {
      for (;;) {
        const validity = await this.validity(accountId, usage, { ...callOptions, signal: bounded });
        if (validity.isValid) return validity;
        if (!validity.shouldPoll)
          throw new FailedPreconditionError(validity.reason ?? "the account is not valid");
        await this.#clock.sleep(intervalMs, bounded);
      }
    }).catch((reason) => {
      throw endedError(reason, "waiting for the account to become valid");
    });
  }

  /**
   * A page where somebody can subscribe the account. Calls `GetAccountBillingCheckoutSession`.
   *
   * @returns `url`, good for one visit.
   * @throws UnimplementedError on self-hosted servers.
   */
  async createCheckoutSession(
    accountId: string,
    options?: CallOptions,
  ): Promise<{
    /** Where to send the browser. */
    url: string;
  }> {
    const request = { accountId: required(accountId, "accountId") };
    const response = await this.#rpc.getAccountBillingCheckoutSession(request, toConnect(options));
    return { url: response.checkoutSessionUrl };
  }

  /**
   * A page where somebody can manage the account's subscription. Calls `GetAccountBillingPortalSession`.
   *
   * @returns `url`, good for one visit.
   * @throws PermissionDeniedError where the account is no billing customer yet.
   * @throws UnimplementedError on self-hosted servers.
   */
  async createPortalSession(
    accountId: string,
    options?: CallOptions,
  ): Promise<{
    /** Where to send the browser. */
    url: string;
  }> {
    const request = { accountId: required(accountId, "accountId") };
    const response = await this.#rpc.getAccountBillingPortalSession(request, toConnect(options));
    return { url: response.portalSessionUrl };
  }

  /**
   * The accounts that are billing customers, in one page; for worker keys only. Calls `GetBillingAccounts`.
   *
   * @param filter.accountIds - only these. Default: all.
   */
  listAccounts(
    filter: { accountIds?: readonly string[] | undefined } = {},
    options?: ListOptions,
  ): List<Account> {
    return listAll(async (callOptions) => {
      const request = { accountIds: [...(filter.accountIds ?? [])] };
      const { accounts } = await this.#rpc.getBillingAccounts(request, toConnect(callOptions));
      return accounts.map(toAccount);
    }, options);
  }

  /**
   * Counts something that the account has used; for worker keys only. The server counts an `eventId` once, so a repeat,
   * by a retry or by you, is safe. Calls `SetBillingMeterEvent`.
   *
   * @returns the event's id, to repeat the call with should it fail for good.
   * @throws NotFoundError where there is no such account.
   * @throws InvalidArgumentError where the account is no billing customer.
   */
  async recordMeterEvent(
    accountId: string,
    event: {
      /** The meter's name. */
      eventName: string;
      /** How much, as the meter wants it. */
      value: string | number;
      /** The event's own id. Default: a new one. */
      eventId?: string | undefined;
      /** When it was used, to the second. Default: when the server hears of it. */
      timestamp?: Date | undefined;
    },
    options?: CallOptions,
  ): Promise<{
    /** The event's own id. */
    eventId: string;
  }> {
    const { timestamp } = event;
    const eventId = required(event.eventId ?? newEventId(), "eventId");
    const request = {
      accountId: required(accountId, "accountId"),
      eventName: required(event.eventName, "eventName"),
      value: required(String(event.value), "value"),
      eventId,
      ...(timestamp && { timestamp: toBigInt(Math.floor(timestamp.getTime() / 1000), "timestamp") }),
    };
    await this.#rpc.setBillingMeterEvent(request, toConnect(options));
    return { eventId };
  }
}

/** Not `randomUUID`, which browsers have on secure pages only. */
function newEventId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
