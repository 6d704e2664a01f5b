import {
  getCardInfo,
  getPaymentConfigByAccountID,
  setPrimaryCard,
  setupPaymentMethod,
} from "../../gen/fam/v1/billing_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { required } from "../core/checks/arguments.js";
import { nothing, requiredString } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import { type FamCard, toCards } from "./models/card.js";

/**
 * The cards that accounts pay with: `client.billing`. An account has a payment configuration, which contains the cards.
 */
export class FamBilling {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Returns the payment configuration of an account. Calls `GetPaymentConfigByAccountID`.
   *
   * @returns `paymentConfigurationId`, for the other methods.
   * @throws NotFoundError if there is no such account, or it has no payment configuration.
   * @throws PermissionDeniedError if the caller has no relation to the account or to an account above it.
   */
  getPaymentConfiguration(
    accountId: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** The id for the other methods. */
    paymentConfigurationId: string;
  }> {
    return this.#call(
      getPaymentConfigByAccountID,
      () => required({ accountId }),
      (json) => ({ paymentConfigurationId: requiredString(json, "paymentConfigurationId") }),
      options,
    );
  }

  /**
   * Lists the cards of a payment configuration, in one page. Calls `GetCardInfo`.
   *
   * @param paymentConfigurationId - the id that `billing.getPaymentConfiguration` returns.
   * @throws NotFoundError if there is no such payment configuration.
   * @throws PermissionDeniedError if the caller has no relation to its account or to an account above it.
   */
  listCards(paymentConfigurationId: string, options?: ListOptions): List<FamCard> {
    return listAll(this.#call, getCardInfo, () => required({ paymentConfigurationId }), toCards, options);
  }

  /**
   * Starts to add a card. A second call starts again, so a failed call is retried only if the server certainly did not
   * act. Calls `SetupPaymentMethod`.
   *
   * @param paymentConfigurationId - the id that `billing.getPaymentConfiguration` returns.
   * @returns `clientSecret`. The payment provider's own form adds the card with it.
   * @throws NotFoundError if there is no such payment configuration.
   * @throws PermissionDeniedError if the caller has no relation to its account or to an account above it.
   */
  setupPaymentMethod(
    paymentConfigurationId: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** The secret for the payment provider's own form. */
    clientSecret: string;
  }> {
    return this.#call(
      setupPaymentMethod,
      () => required({ paymentConfigurationId }),
      (json) => ({ clientSecret: requiredString(json, "clientSecret") }),
      options,
    );
  }

  /**
   * Sets the card that is charged from now on. Calls `SetPrimaryCard`.
   *
   * @param paymentConfigurationId - the id that `billing.getPaymentConfiguration` returns.
   * @param paymentMethodId - the card's `paymentMethodId`.
   * @throws NotFoundError if there is no such payment configuration, or it has no such card.
   * @throws PermissionDeniedError if the caller has no relation to its account or to an account above it.
   */
  setPrimaryCard(
    paymentConfigurationId: string,
    paymentMethodId: string,
    options?: CallOptions,
  ): ApiPromise<void> {
    return this.#call(
      setPrimaryCard,
      () => required({ paymentConfigurationId, paymentMethodId }),
      nothing,
      options,
    );
  }
}
