import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { AccountStatus, BillingStatus } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { Access } from "./access.js";
import { toAccount } from "./messages.js";
import type { Rpcs } from "./rpcs.js";
import type { AccountRow, Vydon, VydonCaller } from "./state.js";
import { newCheckoutUrl, newCustomer, newPortalUrl } from "./stripe.js";

type BillingRpcs = Pick<
  Rpcs,
  | "getAccountStatus"
  | "isAccountStatusValid"
  | "getAccountBillingCheckoutSession"
  | "getAccountBillingPortalSession"
  | "getBillingAccounts"
  | "setBillingMeterEvent"
>;

/** How long an account can be tried before it has to be paid for. */
const trialMs = 14 * 24 * 3_600_000;

/** Trials, subscriptions and metering. */
export function createBilling({ state, clock, ids, cloud }: Vydon, access: Access): BillingRpcs {
  function refuseAllButWorkers(caller: VydonCaller): void {
    if (caller.kind !== "worker_key") throw failure("permission_denied", "only a worker key may do this");
  }

  function refuseSelfHosted(): void {
    if (!cloud) throw failure("unimplemented", "billing is not available on a self-hosted server");
  }

  return {
    getAccountStatus({ accountId }, caller) {
      const account = access.account(caller, accountId, "view");
      if (!cloud) return {};
      return {
        usedRecordCount: BigInt(account.usedRecords),
        ...(account.allowedRecords !== null && { allowedRecordCount: BigInt(account.allowedRecords) }),
        subscriptionStatus: billingStatus(account, clock.now()),
      };
    },

    isAccountStatusValid({ accountId }, caller) {
      const account = access.account(caller, accountId, "view");
      if (!cloud) return { isValid: true };
      const now = clock.now();
      const shouldPoll = account.settlesAt !== null && account.settlesAt > now;
      switch (billingStatus(account, now)) {
        case BillingStatus.TRIAL_ACTIVE:
          return {
            isValid: true,
            shouldPoll,
            accountStatus: AccountStatus.ACCOUNT_TRIAL_ACTIVE,
            trialExpiresAt: timestampFromMs(account.createdAt + trialMs),
          };
        case BillingStatus.TRIAL_EXPIRED:
          return {
            isValid: false,
            shouldPoll,
            accountStatus: AccountStatus.ACCOUNT_TRIAL_EXPIRED,
            reason: "The account's trial has ended. Subscribe to go on.",
          };
        case BillingStatus.EXPIRED:
          return {
            isValid: false,
            shouldPoll,
            accountStatus: AccountStatus.ACCOUNT_IN_EXPIRED_STATE,
            reason: "The account's subscription has ended. Renew it to go on.",
          };
        default:
          return { isValid: true, shouldPoll };
      }
    },

    getAccountBillingCheckoutSession({ accountId }, caller) {
      refuseSelfHosted();
      const account = access.team(caller, accountId, "edit");
      if (account.stripeCustomerId === null) {
        state.accounts.update(accountId, { stripeCustomerId: newCustomer(ids) });
      }
      return { checkoutSessionUrl: newCheckoutUrl(ids) };
    },

    getAccountBillingPortalSession({ accountId }, caller) {
      refuseSelfHosted();
      const account = access.account(caller, accountId, "edit");
      if (account.stripeCustomerId === null) {
        throw failure("permission_denied", "account does not have a billing customer");
      }
      return { portalSessionUrl: newPortalUrl(ids) };
    },

    getBillingAccounts({ accountIds }, caller) {
      if (cloud) refuseAllButWorkers(caller);
      const wanted = new Set(accountIds);
      const accounts = Array.from(state.accounts.all()).filter(
        ({ id, stripeCustomerId }) => stripeCustomerId !== null && (wanted.size === 0 || wanted.has(id)),
      );
      return { accounts: accounts.map(toAccount) };
    },

    setBillingMeterEvent({ accountId, eventName, value, eventId, timestamp }, caller) {
      if (!cloud) throw failure("permission_denied", "billing is not enabled");
      refuseAllButWorkers(caller);
      const account = state.accounts.get(accountId);
      if (account === undefined) throw failure("not_found", "unable to find account");
      if (account.stripeCustomerId === null)
        throw failure("invalid_argument", "account is not a billed customer");
      const amount = Number(value);
      if (!(amount >= 0 && Number.isFinite(amount)))
        throw failure("invalid_argument", "value must be a number");
      if (state.meterEvents.has(eventId)) return {};
      const at = timestamp === undefined ? clock.now() : Number(timestamp) * 1_000;
      state.meterEvents.insert({ id: eventId, accountId, eventName, value, at });
      state.accounts.update(accountId, { usedRecords: account.usedRecords + Math.floor(amount) });
      return {};
    },
  };
}

function billingStatus(account: AccountRow, now: number): BillingStatus {
  const isTrial = now < account.createdAt + trialMs;
  const hasSettled = account.settlesAt !== null && account.settlesAt <= now;
  if (account.subscription === "active" || hasSettled) return BillingStatus.ACTIVE;
  if (isTrial) return BillingStatus.TRIAL_ACTIVE;
  return account.subscription === "lapsed" ? BillingStatus.EXPIRED : BillingStatus.TRIAL_EXPIRED;
}
