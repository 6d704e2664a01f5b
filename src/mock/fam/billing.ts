import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { failure } from "../engine/errors.js";
import type { FamRpcs } from "./access/rpcs.js";
import { toCard } from "./messages.js";
import type { FamCaller, PaymentConfigurationRow } from "./state/rows.js";
import { addCard, type Fam } from "./state/state.js";

const rpc = BillingService.method;

/** Payment configurations, one for each account, and their cards. */
export function createBilling(fam: Fam, { access, signedIn }: FamRpcs) {
  const { state, ids } = fam;

  function configuration(caller: FamCaller, id: string): PaymentConfigurationRow {
    const row = state.paymentConfigurations.get(id);
    if (row === undefined) throw failure("not_found", `payment configuration ${id} not found`);
    access.account(caller, row.accountId, "take_part");
    return row;
  }

  return {
    setupPaymentMethod: signedIn(rpc.setupPaymentMethod, ({ paymentConfigurationId }, caller) => {
      const { id } = configuration(caller, paymentConfigurationId);
      const user = state.users.get(caller.userId);
      addCard(fam, id, { name: `${user?.firstName ?? ""} ${user?.lastName ?? ""}`.trim() });
      return { clientSecret: `seti_${ids.token(24)}_secret_${ids.token(24)}` };
    }),

    getCardInfo: signedIn(rpc.getCardInfo, ({ paymentConfigurationId }, caller) => {
      const { id } = configuration(caller, paymentConfigurationId);
      return { cards: state.cards.by("configuration", id).map(toCard) };
    }),

    getPaymentConfigByAccountID: signedIn(rpc.getPaymentConfigByAccountID, ({ accountId }, caller) => {
      access.account(caller, accountId, "take_part");
      const [row] = state.paymentConfigurations.by("account", accountId);
      if (row === undefined) throw failure("not_found", "the account has no payment configuration");
      return { paymentConfigurationId: row.id };
    }),

    setPrimaryCard: signedIn(rpc.setPrimaryCard, ({ paymentConfigurationId, paymentMethodId }, caller) => {
      const { id } = configuration(caller, paymentConfigurationId);
      const cards = state.cards.by("configuration", id);
      if (!cards.some((card) => card.id === paymentMethodId)) {
        throw failure("not_found", `payment method ${paymentMethodId} not found`);
      }
      for (const card of cards) {
        const primary = card.id === paymentMethodId;
        if (card.primary !== primary) state.cards.update(card.id, { primary });
      }
      return {};
    }),
  };
}
