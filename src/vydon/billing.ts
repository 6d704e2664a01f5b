import {
  getAccountBillingCheckoutSession,
  getAccountBillingPortalSession,
  getAccountStatus,
  getBillingAccounts,
  isAccountStatusValid,
  setBillingMeterEvent,
} from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import { within } from "../core/call/abort.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { Clock } from "../core/call/clock.js";
import type { CallOptions } from "../core/call/options.js";
import {
  fieldsOf,
  listOf,
  required,
  requiredText,
  toUint64,
  toUnixSeconds,
} from "../core/checks/arguments.js";
import { checkOptions, elsewhere, millis } from "../core/checks/check-options.js";
import { callChecks } from "../core/checks/option-checks.js";
import { endedError } from "../core/errors/ended-error.js";
import { FailedPreconditionError } from "../core/errors/errors.js";
import { requiredString } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import { toAccounts, type VydonAccount } from "./models/account.js";
import {
  toBillingStatus,
  toBillingValidity,
  type VydonBillingStatus,
  type VydonBillingValidity,
} from "./models/billing.js";
import { newEventId, toMeterValue, type VydonMeterEvent } from "./models/meter-event.js";

const waitChecks = { requestedRecordCount: elsewhere, intervalMs: millis(1) };

/** What an account uses and pays: `client.billing`. Most of it needs a server with billing, that is, the cloud. */
export class VydonBilling {
  readonly #call: Caller;
  readonly #clock: Clock;

  /** @internal */
  constructor(call: Caller, clock: Clock) {
    this.#call = call;
    this.#clock = clock;
  }

  /** The state of an account's subscription. Calls `GetAccountStatus`. */
  status(accountId: string, options?: CallOptions): ApiPromise<VydonBillingStatus> {
    return this.#call(getAccountStatus, () => required({ accountId }), toBillingStatus, options);
  }

  /** Whether an account may be used, and if not, why. Calls `IsAccountStatusValid`. */
  validity(
    accountId: string,
    usage: {
      /** Records to add to those used already, to see if they would be allowed. Newer servers ignore it. Default: none. */
      requestedRecordCount?: number | undefined;
    } = {},
    options?: CallOptions,
  ): ApiPromise<VydonBillingValidity> {
    return this.#call(
      isAccountStatusValid,
      () => {
        const { requestedRecordCount: count } = fieldsOf(usage, "usage");
        return {
          ...required({ accountId }),
          ...(count !== undefined && { requestedRecordCount: toUint64(count, "requestedRecordCount") }),
        };
      },
      toBillingValidity,
      options,
    );
  }

  /**
   * Asks for an account's validity again and again, as long as the server says that it may change. Calls
   * `IsAccountStatusValid`.
   *
   * @param options.timeoutMs - for the whole wait, in milliseconds. Default 300 000; 0, Infinity, or more than 2 147 483 647 (24
   * days) for no limit.
   * @returns the validity, once the account is valid.
   * @throws FailedPreconditionError if the account is not valid and the server says that waiting won't help.
   * @throws DeadlineExceededError if it is not valid in time.
   */
  async waitUntilValid(
    accountId: string,
    wait: {
      /** Records to add to those used already, to see if they would be allowed. Default: none. */
      requestedRecordCount?: number | undefined;
      /** The time from one call to the next, in milliseconds, at least 1. Default 5 000. */
      intervalMs?: number | undefined;
    } = {},
    options: CallOptions = {},
  ): Promise<VydonBillingValidity> {
    checkOptions(wait, waitChecks, "waitUntilValid", "wait");
    checkOptions(options, callChecks, "waitUntilValid");
    const { intervalMs = 5_000, ...usage } = wait;
    const { signal, timeoutMs = 300_000, ...callOptions } = options;
    const bounds = { signal, timeoutMs: timeoutMs || Infinity, clock: this.#clock };
    return within(bounds, async (bounded) => {
      for (;;) {
        const validity = await this.validity(accountId, usage, { ...callOptions, signal: bounded });
        if (validity.isValid) return validity;
        if (!validity.shouldPoll)
          throw new FailedPreconditionError(validity.reason || "the account is not valid");
        await this.#clock.sleep(intervalMs, bounded);
      }
    }).catch((reason) => {
      throw endedError(reason, "waiting for the account to become valid", signal?.aborted);
    });
  }

  /**
   * Creates a page on which somebody can subscribe the account. Calls `GetAccountBillingCheckoutSession`.
   *
   * @returns `url`, which can be visited once.
   * @throws ApiError with the code `unknown` if the account is a personal one.
   * @throws UnimplementedError on self-hosted servers.
   */
  createCheckoutSession(
    accountId: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** The page to open in the browser. */
    url: string;
  }> {
    return this.#call(
      getAccountBillingCheckoutSession,
      () => required({ accountId }),
      (json) => ({ url: requiredString(json, "checkoutSessionUrl") }),
      options,
    );
  }

  /**
   * Creates a page on which somebody can manage the account's subscription. Calls `GetAccountBillingPortalSession`.
   *
   * @returns `url`, which can be visited once.
   * @throws PermissionDeniedError if the account is not a billing customer yet.
   * @throws UnimplementedError on self-hosted servers.
   */
  createPortalSession(
    accountId: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** The page to open in the browser. */
    url: string;
  }> {
    return this.#call(
      getAccountBillingPortalSession,
      () => required({ accountId }),
      (json) => ({ url: requiredString(json, "portalSessionUrl") }),
      options,
    );
  }

  /** The accounts that are billing customers, in one page. For worker keys only. Calls `GetBillingAccounts`. */
  listAccounts(
    filter: {
      /** Only these accounts. Default: all. */
      accountIds?: readonly string[] | undefined;
    } = {},
    options?: ListOptions,
  ): List<VydonAccount> {
    return listAll(
      this.#call,
      getBillingAccounts,
      () => {
        const { accountIds = [] } = fieldsOf(filter, "filter");
        return { accountIds: listOf(accountIds, "accountIds", requiredText) };
      },
      toAccounts,
      options,
    );
  }

  /**
   * Records something that the account has used. For worker keys only. The server counts an `eventId` once, so a repeat
   * with the same id is safe. Give your own id, such as the job's: it is still known after your program has crashed. Without
   * one, the client creates one, and the error of a failed call has it as `eventId`. Calls `SetBillingMeterEvent`.
   *
   * @returns the event's id.
   * @throws ApiError with the `eventId`. The server may have counted the event: repeat the call with this id.
   * @throws NotFoundError if there is no such account.
   * @throws InvalidArgumentError if the account is not a billing customer.
   */
  recordMeterEvent(
    accountId: string,
    event: VydonMeterEvent,
    options?: CallOptions,
  ): ApiPromise<{
    /** The event's own id. */
    eventId: string;
  }> {
    let eventId: string;
    return this.#call(
      setBillingMeterEvent,
      () => {
        const { eventName, value, timestamp, eventId: own = newEventId() } = fieldsOf(event, "event");
        eventId = own;
        return {
          ...required({ accountId, eventName, eventId }),
          value: toMeterValue(value),
          ...(timestamp !== undefined && { timestamp: toUnixSeconds(timestamp, "timestamp") }),
        };
      },
      () => ({ eventId }),
      options,
      // Only the error can show an id that was created here, and a repeat with another id is billed again.
      (error) => Object.assign(error, { eventId }),
    );
  }
}
