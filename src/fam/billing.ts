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
import { requiredString } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import { type FamCard, toCards } from "./models/card.js";

/** How accounts pay: `client.billing`. An account has a payment configuration, which has cards. */
export class FamBilling {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Starts to add a card. A repeat starts again, so the call is not repeated after a failure unless it is sure that the
   * server did not act. Calls `SetupPaymentMethod`.
   *
   * @returns `clientSecret`, with which the payment provider's own form adds the card.
   * @throws NotFoundError if there is no such payment configuration.
   */
  setupPaymentMethod(
    paymentConfigurationId: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** For the payment provider's own form. */
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
   * The cards of a payment configuration, in one page. Calls `GetCardInfo`.
   *
   * @throws NotFoundError if there is no such payment configuration.
   */
  listCards(paymentConfigurationId: string, options?: ListOptions): List<FamCard> {
    return listAll(this.#call, getCardInfo, () => required({ paymentConfigurationId }), toCards, options);
  }

  /**
   * The payment configuration of an account. Calls `GetPaymentConfigByAccountID`.
   *
   * @returns `paymentConfigurationId`, which the other methods take.
   * @throws NotFoundError if there is no such account, or it has no payment configuration.
   */
  getPaymentConfiguration(
    accountId: string,
    options?: CallOptions,
  ): ApiPromise<{
    /** What the other methods take. */
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
   * Chooses the card that is charged from now on. Calls `SetPrimaryCard`.
   *
   * @throws NotFoundError if there is no such payment configuration, or it has no such card.
   */
  setPrimaryCard(
    paymentConfigurationId: string,
    paymentMethodId: string,
    options?: CallOptions,
  ): ApiPromise<void> {
    return this.#call(
      setPrimaryCard,
      () => required({ paymentConfigurationId, paymentMethodId }),
      () => {},
      options,
    );
  }
}
