import type { Client } from "@connectrpc/connect";
import type { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import { type Card, toCard } from "./models.js";

/** How accounts pay: `client.billing`. An account pays by a payment configuration, which has cards. */
export class Billing {
  readonly #rpc: Client<typeof BillingService>;

  /** @internal */
  constructor(rpc: Client<typeof BillingService>) {
    this.#rpc = rpc;
  }

  /**
   * Begins to add a card. A repeat begins anew, so it is not retried after a failure that leaves open whether the server
   * acted. Calls `SetupPaymentMethod`.
   *
   * @returns `clientSecret`, with which the payment provider's own form adds the card.
   * @throws NotFoundError where there is no such payment configuration.
   */
  async setupPaymentMethod(
    paymentConfigurationId: string,
    options?: CallOptions,
  ): Promise<{
    /** For the payment provider's own form. */
    clientSecret: string;
  }> {
    const request = { paymentConfigurationId: required(paymentConfigurationId, "paymentConfigurationId") };
    const { clientSecret } = await this.#rpc.setupPaymentMethod(request, toConnect(options));
    return { clientSecret };
  }

  /**
   * The cards of a payment configuration, in one page. Calls `GetCardInfo`.
   *
   * @throws NotFoundError where there is no such payment configuration.
   */
  listCards(paymentConfigurationId: string, options?: ListOptions): List<Card> {
    return listAll(async (callOptions) => {
      const request = { paymentConfigurationId: required(paymentConfigurationId, "paymentConfigurationId") };
      const { cards } = await this.#rpc.getCardInfo(request, toConnect(callOptions));
      return cards.map(toCard);
    }, options);
  }

  /**
   * The payment configuration of an account. Calls `GetPaymentConfigByAccountID`.
   *
   * @returns `paymentConfigurationId`, which the other methods take.
   * @throws NotFoundError where there is no such account, or it has none.
   */
  async getPaymentConfiguration(
    accountId: string,
    options?: CallOptions,
  ): Promise<{
    /** What the other methods take. */
    paymentConfigurationId: string;
  }> {
    const request = { accountId: required(accountId, "accountId") };
    const response = await this.#rpc.getPaymentConfigByAccountID(request, toConnect(options));
    return { paymentConfigurationId: response.paymentConfigurationId };
  }

  /**
   * Chooses the card that is charged from now on. Calls `SetPrimaryCard`.
   *
   * @throws NotFoundError where there is no such payment configuration, or it has no such card.
   */
  async setPrimaryCard(
    paymentConfigurationId: string,
    paymentMethodId: string,
    options?: CallOptions,
  ): Promise<void> {
    const request = {
      paymentConfigurationId: required(paymentConfigurationId, "paymentConfigurationId"),
      paymentMethodId: required(paymentMethodId, "paymentMethodId"),
    };
    await this.#rpc.setPrimaryCard(request, toConnect(options));
  }
}
