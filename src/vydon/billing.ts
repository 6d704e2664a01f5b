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
import { checkedElsewhere, checkOptions, millis } from "../core/checks/check-options.js";
import { callChecks } from "../core/checks/option-checks.js";
import { endedError } from "../core/errors/ended-error.js";
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

const waitChecks = { requestedRecordCount: checkedElsewhere, intervalMs: millis(1) };

/**
 * The subscriptions and the usage of accounts: `client.billing`. Most methods need a server with billing: the vendor's
 * cloud.
 */
export class VydonBilling {
  readonly #call: Caller;
  readonly #clock: Clock;

  /** @internal */
  constructor(call: Caller, clock: Clock) {
    this.#call = call;
    this.#clock = clock;
  }

  /**
   * Returns the state of an account's subscription. Calls `GetAccountStatus`.
   *
   * @throws ApiError with the code `unknown` if billing fails, in the cloud.
   * @throws PermissionDeniedError if the caller is not in the account.
   */
  status(accountId: string, options?: CallOptions): ApiPromise<VydonBillingStatus> {
    return this.#call(getAccountStatus, () => required({ accountId }), toBillingStatus, options);
  }

  /**
   * Returns whether an account may be used, and the reason if not. Calls `IsAccountStatusValid`.
   *
   * @throws ApiError with the code `unknown` if billing fails, in the cloud.
   * @throws PermissionDeniedError if the caller is not in the account.
   */
  validity(
    accountId: string,
    usage: {
      /**
       * The number of further records to check, in addition to those used so far. Newer servers ignore it. Default:
       * none.
       */
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
   * Waits until an account is valid, for example after a payment. It polls the server, and ignores `shouldPoll`, because current
   * servers never set it. Calls `IsAccountStatusValid`.
   *
   * @param options - `timeoutMs` is the longest that the whole wait may take, in milliseconds. Default 300 000; 0,
   * Infinity, or more than 2 147 483 647 (24 days) for no limit.
   * @returns the validity, once the account is valid.
   * @throws DeadlineExceededError if the account is not valid in time. The error has the server's reason.
   * @throws ApiError with the code `unknown` if billing fails, in the cloud.
   * @throws PermissionDeniedError if the caller is not in the account.
   */
  async waitUntilValid(
    accountId: string,
    wait: {
      /**
       * The number of further records to check, in addition to those used so far. Newer servers ignore it. Default:
       * none.
       */
      requestedRecordCount?: number | undefined;
      /** The wait between two calls, in milliseconds, at least 1. Default 5 000. */
      intervalMs?: number | undefined;
    } = {},
    options: CallOptions = {},
  ): Promise<VydonBillingValidity> {
    checkOptions(wait, waitChecks, "waitUntilValid", "wait");
    checkOptions(options, callChecks, "waitUntilValid");
    const { intervalMs = 5_000, ...usage } = wait;
    const { signal, timeoutMs = 300_000, ...callOptions } = options;
    const bounds = { signal, timeoutMs: timeoutMs || Infinity, clock: this.#clock };
    let why = "";
    return within(bounds, async (bounded) => {
      for (;;) {
        const validity = await this.validity(accountId, usage, { ...callOptions, signal: bounded });
        if (validity.isValid) return validity;
        why = validity.reason ? ` (${validity.reason})` : "";
        await this.#clock.sleep(intervalMs, bounded);
      }
    }).catch((reason) => {
      throw endedError(reason, `waiting for the account to become valid${why}`, signal?.aborted);
    });
  }

  /**
   * Creates a page for subscribing an account. Calls `GetAccountBillingCheckoutSession`.
   *
   * @returns `url`, which can be visited once.
   * @throws ApiError with the code `unknown` if the account is personal, if an API key calls for a team that is not a
   * billing customer yet, or if billing fails.
   * @throws UnimplementedError on self-hosted servers.
   * @throws PermissionDeniedError if the caller is not an admin of the account.
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
   * Creates a page for managing an account's subscription. Calls `GetAccountBillingPortalSession`.
   *
   * @returns `url`, which can be visited once.
   * @throws ApiError with the code `unknown` if billing fails.
   * @throws PermissionDeniedError if the account is not a billing customer yet, or the caller is not an admin of it.
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

  /**
   * Lists the accounts that are billing customers, in one page. In the vendor's cloud, for worker keys only. A self-hosted
   * server has no worker keys and no customers. Calls `GetBillingAccounts`.
   *
   * @throws PermissionDeniedError if the server is the cloud, and the caller does not use a worker key.
   * @throws ApiError with the code `unknown` if an account's id is not a UUID.
   */
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
   * Records usage of an account. For worker keys only. The server counts each `eventId` once, so a second call with the
   * same id is safe. Pass your own id, such as the job's, to find it again after your program has crashed. If you pass
   * none, the client creates one, and the error of a failed call has it as `eventId`. Calls `SetBillingMeterEvent`.
   *
   * @returns the event's id.
   * @throws ApiError with the `eventId`. The server may have counted the event. Call again with this id.
   * @throws NotFoundError if there is no such account.
   * @throws InvalidArgumentError if the account is not a billing customer.
   * @throws PermissionDeniedError if the caller does not use a worker key, or the server has no billing.
   * @throws UnauthenticatedError if the caller uses a worker key, and the server has no billing.
   */
  recordMeterEvent(
    accountId: string,
    event: VydonMeterEvent,
    options?: CallOptions,
  ): ApiPromise<{
    /** The event's id. */
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
      // If the call fails, only the error can return an id that was created here. A second call with another id is
      // billed again.
      (error) => Object.assign(error, { eventId }),
    );
  }
}
