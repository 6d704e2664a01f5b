import { amount, type Check, duration, object, oneOf, optional } from "../../engine/check-json.js";
import { findByIdOrName } from "../../engine/state/find-by-id-or-name.js";
import { dayMs, toMs } from "../../engine/time/duration.js";
import { firstInstant, timeAfter } from "../../engine/time/instant.js";
import { checkNextCalls } from "../state/countdown.js";
import { subscriptions, type VydonSubscription } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import { newCustomerId } from "../state/stripe.js";
import type { VydonBillingControls, VydonSubscribeOptions } from "./billing-controls.js";

const checkSubscribe: Check<VydonSubscribeOptions> = object({ settlesIn: optional(duration) });
const checkStatus: Check<VydonSubscription> = oneOf(subscriptions);

/** Creates the controls of a server that concern accounts and billing. */
export function createBillingControls({ state, clock, ids, stripe }: Vydon): VydonBillingControls {
  const account = (idOrName: string) => findByIdOrName(state.accounts, idOrName, "account");

  return {
    account,

    subscribe(accountId, options = {}) {
      checkSubscribe(options, "subscribe");
      const { settlesIn } = options;
      const { id, type, stripeCustomerId } = account(accountId);
      if (type === "personal") throw new Error(`account ${accountId} is personal: only a team can subscribe`);
      state.accounts.update(id, {
        stripeCustomerId: stripeCustomerId ?? newCustomerId(ids),
        ...(settlesIn === undefined
          ? { subscription: "active", settlesAt: null }
          : { settlesAt: timeAfter(clock.now(), settlesIn) }),
      });
    },

    setSubscription(accountId, status) {
      checkStatus(status, "status");
      const { id, stripeCustomerId } = account(accountId);
      if (stripeCustomerId === null) {
        throw new Error(`account ${accountId} has no billing customer: only a customer has a subscription`);
      }
      state.accounts.update(id, { subscription: status, settlesAt: null });
    },

    removeBillingCustomer(accountId) {
      const changes = { stripeCustomerId: null, subscription: "none", settlesAt: null } as const;
      state.accounts.update(account(accountId).id, changes);
    },

    refuseBilling(options = {}) {
      checkNextCalls(options, "refuseBilling");
      stripe.refuse(options.times ?? 1);
    },

    ageAccount(accountId, days) {
      amount(days, "days");
      const { id, createdAt } = account(accountId);
      state.accounts.update(id, { createdAt: Math.max(createdAt - toMs(days * dayMs), firstInstant) });
    },

    meterEvents: (accountId) => state.meterEvents.by("account", account(accountId).id),
  };
}
