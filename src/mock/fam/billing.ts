import { failure } from "../engine/errors.js";
import type { Access } from "./access/access.js";
import type { BillingRpcs } from "./access/rpcs.js";
import { toCard } from "./messages.js";
import type { CardRow, Fam, FamCaller, PaymentConfigurationRow } from "./state/state.js";

/** Payment configurations, one an account, and the cards in them. */
export function createBilling(fam: Fam, access: Access): BillingRpcs {
  const { state, ids } = fam;

  function configuration(caller: FamCaller, id: string): PaymentConfigurationRow {
    const row = state.paymentConfigurations.get(id);
    if (row === undefined) throw failure("not_found", `payment configuration ${id} not found`);
    access.account(caller, row.accountId, "take_part");
    return row;
  }

  return {
    setupPaymentMethod({ paymentConfigurationId }, caller) {
      const { id } = configuration(caller, paymentConfigurationId);
      const user = state.users.get(caller.userId);
      addCard(fam, id, { name: `${user?.firstName ?? ""} ${user?.lastName ?? ""}`.trim() });
      return { clientSecret: `seti_${ids.token(24)}_secret_${ids.token(24)}` };
    },

    getCardInfo({ paymentConfigurationId }, caller) {
      const { id } = configuration(caller, paymentConfigurationId);
      return { cards: state.cards.by("configuration", id).map(toCard) };
    },

    getPaymentConfigByAccountID({ accountId }, caller) {
      access.account(caller, accountId, "take_part");
      const [row] = state.paymentConfigurations.by("account", accountId);
      if (row === undefined) throw failure("not_found", "the account has no payment configuration");
      return { paymentConfigurationId: row.id };
    },

    setPrimaryCard({ paymentConfigurationId, paymentMethodId }, caller) {
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
    },
  };
}

/** A new card, a test card unless told otherwise; the first of a configuration is its primary one. */
export function addCard(
  { state, clock, ids }: Fam,
  configurationId: string,
  card: Partial<Omit<CardRow, "id" | "configurationId" | "primary">> = {},
): CardRow {
  return state.cards.insert({
    id: `pm_${ids.token(24)}`,
    configurationId,
    brand: "visa",
    last4: "4242",
    expMonth: 12,
    expYear: new Date(clock.now()).getUTCFullYear() + 3,
    name: "",
    primary: state.cards.by("configuration", configurationId).length === 0,
    ...card,
  });
}
