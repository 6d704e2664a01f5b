import {
  AccountStatus,
  BillingStatus,
  UserAccountService,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import { toMs } from "../engine/time/duration.js";
import { timeAfter } from "../engine/time/instant.js";
import { edit, type VydonRpcs, view } from "./access/rpcs.js";
import { toTimestamp } from "./messages.js";
import { needsCloud } from "./options.js";
import type { VydonAccountRow, VydonCaller } from "./state/rows.js";
import type { Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** How long an account can be used without a subscription. */
const trialMs = toMs("14d");

/** Creates the RPCs for the billing status of accounts, and for the pages on which people pay for them. */
export function createBilling({ state, clock, modes, stripe }: Vydon, { forAccount }: VydonRpcs) {
  /** Returns the status of an account. @throws ConnectError `unknown` if the billing provider refuses to list its subscriptions. */
  function statusOf(account: VydonAccountRow): BillingStatus {
    if (account.stripeCustomerId !== null) stripe.listSubscriptions();
    return billingStatus(account, clock.now());
  }

  return {
    getAccountStatus: forAccount(rpc.getAccountStatus, view, (_request, { account }) =>
      modes.cloud ? { subscriptionStatus: statusOf(account) } : {},
    ),

    isAccountStatusValid: forAccount(rpc.isAccountStatusValid, view, (_request, { account }) => {
      if (!modes.cloud) return { isValid: true };
      return validity(account, statusOf(account));
    }),

    getAccountBillingCheckoutSession: forAccount(
      rpc.getAccountBillingCheckoutSession,
      { ...edit, offered: needsCloud(rpc.getAccountBillingCheckoutSession) },
      (_request, { account, caller }) => {
        const context = "was unable to get account and/or upsert stripe customer id";
        if (account.type === "personal") {
          throw failure(
            "unknown",
            `${context}: unsupported account type may not associate a stripe customer id`,
          );
        }
        if (account.stripeCustomerId === null) {
          refuseWithoutEmail(caller, context);
          state.accounts.update(account.id, { stripeCustomerId: stripe.newCustomer(context) });
        }
        return {
          checkoutSessionUrl: stripe.newCheckoutUrl("unable to generate billing checkout session"),
        };
      },
    ),

    getAccountBillingPortalSession: forAccount(
      rpc.getAccountBillingPortalSession,
      { ...edit, offered: needsCloud(rpc.getAccountBillingPortalSession) },
      (_request, { account }) => {
        if (account.stripeCustomerId === null) {
          throw failure("permission_denied", "requested account does not have a valid stripe customer id");
        }
        return { portalSessionUrl: stripe.newPortalUrl() };
      },
    ),
  };
}

/** Checks that the caller's token has an email, which the billing provider needs. @throws ConnectError `unknown` for a key. */
export function refuseWithoutEmail({ kind }: VydonCaller, context: string): void {
  if (kind === "user") return;
  const reason = "unable to retrieve user email from auth token when creating stripe account";
  throw failure("unknown", `${context}: unable to get stripe customer id: ${reason}`);
}

/** Returns whether an account can be used, and the server's reason if not. */
function validity(account: VydonAccountRow, status: BillingStatus) {
  switch (status) {
    case BillingStatus.TRIAL_ACTIVE:
      return {
        isValid: true,
        accountStatus: AccountStatus.ACCOUNT_TRIAL_ACTIVE,
        reason: "",
        trialExpiresAt: toTimestamp(timeAfter(account.createdAt, trialMs)),
      };
    case BillingStatus.TRIAL_EXPIRED:
      return {
        isValid: false,
        accountStatus: AccountStatus.ACCOUNT_TRIAL_EXPIRED,
        reason: "The trial period has ended, visit the billing page to activate your subscription.",
      };
    case BillingStatus.EXPIRED:
      return {
        isValid: false,
        accountStatus: AccountStatus.ACCOUNT_IN_EXPIRED_STATE,
        reason:
          "Account is currently in expired state, visit the billing page to activate your subscription.",
      };
    default:
      return { isValid: true, accountStatus: AccountStatus.REASON_UNSPECIFIED, reason: "" };
  }
}

/** Returns the status of an account. If the account is not a billing customer, it has only its trial. */
function billingStatus(account: VydonAccountRow, now: number): BillingStatus {
  const isTrial = now < timeAfter(account.createdAt, trialMs);
  const subscription = account.stripeCustomerId === null ? "none" : subscriptionOf(account, now);
  if (subscription === "active" || subscription === "past_due") return BillingStatus.ACTIVE;
  if (isTrial) return BillingStatus.TRIAL_ACTIVE;
  return subscription === "unpaid" ? BillingStatus.EXPIRED : BillingStatus.TRIAL_EXPIRED;
}

function subscriptionOf(
  { subscription, settlesAt }: VydonAccountRow,
  now: number,
): VydonAccountRow["subscription"] {
  return settlesAt !== null && settlesAt <= now ? "active" : subscription;
}
