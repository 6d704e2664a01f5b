import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { failure } from "../engine/errors.js";
import type { Permission } from "./access/access.js";
import { type FamRpcs, withPermission } from "./access/rpcs.js";
import { toCard } from "./messages.js";
import type { FamCaller, PaymentConfigurationRow } from "./state/rows.js";
import { addCard, type Fam } from "./state/state.js";

const rpc = BillingService.method;

/** Creates the RPCs for payment configurations, one for each account, and their cards. */
export function createBilling(fam: Fam, { access, signedIn, forAccount }: FamRpcs) {
  const { state, ids } = fam;

  /**
   * Returns the payment configuration with this id.
   *
   * @throws ConnectError `not_found` if there is none, `permission_denied` if the caller does not have the permission.
   */
  function find(id: string, caller: FamCaller, permission: Permission): PaymentConfigurationRow {
    const configuration = state.paymentConfigurations.get(id);
    if (configuration === undefined) throw failure("not_found", `payment configuration ${id} not found`);
    access.account(caller, configuration.accountId, permission);
    return configuration;
  }

  return {
    setupPaymentMethod: signedIn(rpc.setupPaymentMethod, ({ paymentConfigurationId }, caller) => {
      const { id } = find(paymentConfigurationId, caller, "billing.update");
      const user = state.users.get(caller.userId);
      addCard(fam, id, { name: `${user?.firstName ?? ""} ${user?.lastName ?? ""}`.trim() });
      return { clientSecret: `seti_${ids.token(24)}_secret_${ids.token(24)}` };
    }),

    getCardInfo: signedIn(rpc.getCardInfo, ({ paymentConfigurationId }, caller) => {
      const { id } = find(paymentConfigurationId, caller, "billing.read");
      return { cards: state.cards.by("configuration", id).map(toCard) };
    }),

    getPaymentConfigByAccountID: forAccount(
      rpc.getPaymentConfigByAccountID,
      withPermission("billing.read"),
      (_request, { account }) => {
        const [configuration] = state.paymentConfigurations.by("account", account.id);
        if (configuration === undefined) {
          throw failure("not_found", "the account has no payment configuration");
        }
        return { paymentConfigurationId: configuration.id };
      },
    ),

    setPrimaryCard: signedIn(rpc.setPrimaryCard, ({ paymentConfigurationId, paymentMethodId }, caller) => {
      const { id } = find(paymentConfigurationId, caller, "billing.update");
      const cards = state.cards.by("configuration", id);
      if (!cards.some((card) => card.id === paymentMethodId)) {
        throw failure("not_found", `payment method ${paymentMethodId} not found`);
      }
      for (const card of cards) state.cards.update(card.id, { primary: card.id === paymentMethodId });
      return {};
    }),
  };
}
