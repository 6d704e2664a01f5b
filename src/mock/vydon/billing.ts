import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { AccountStatus, BillingStatus } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failure } from "../engine/errors.js";
import type { ForAccount, Rpcs } from "./access/rpcs.js";
import { refuseWithoutEmail } from "./accounts.js";
import { toTimestamp } from "./messages.js";
import type { AccountRow, Vydon } from "./state/state.js";

/** How long an account can be tried before it has to be paid for. */
const trialMs = 14 * 24 * 3_600_000;

/** What the server says of an account that is no longer valid. */
const reasons = {
  trialExpired: "The trial period has ended, visit the billing page to activate your subscription.",
  expired: "Account is currently in expired state, visit the billing page to activate your subscription.",
};

/** Whether an account may be used. */
export function createStatus({
  clock,
  modes,
}: Vydon): Rpcs<"getAccountStatus" | "isAccountStatusValid", ForAccount> {
  return {
    getAccountStatus(_request, { account }) {
      return modes.cloud ? { subscriptionStatus: billingStatus(account, clock.now()) } : {};
    },

    isAccountStatusValid(_request, { account }) {
      if (!modes.cloud) return { isValid: true };
      const now = clock.now();
      const shouldPoll = account.settlesAt !== null && account.settlesAt > now;
      return { shouldPoll, ...validity(account, now) };
    },
  };
}

/** Where an account's people pay. */
export function createSessions({
  state,
  stripe,
}: Vydon): Rpcs<"getAccountBillingCheckoutSession" | "getAccountBillingPortalSession", ForAccount> {
  return {
    getAccountBillingCheckoutSession(_request, { account, caller }) {
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

    getAccountBillingPortalSession(_request, { account }) {
      if (account.stripeCustomerId === null) {
        throw failure("permission_denied", "requested account does not have a valid stripe customer id");
      }
      return { portalSessionUrl: stripe.newPortalUrl() };
    },
  };
}

interface Validity {
  isValid: boolean;
  accountStatus: AccountStatus;
  reason: string;
  trialExpiresAt?: Timestamp;
}

function validity(account: AccountRow, now: number): Validity {
  switch (billingStatus(account, now)) {
    case BillingStatus.TRIAL_ACTIVE:
      return {
        isValid: true,
        accountStatus: AccountStatus.ACCOUNT_TRIAL_ACTIVE,
        reason: "",
        trialExpiresAt: toTimestamp(account.createdAt + trialMs),
      };
    case BillingStatus.TRIAL_EXPIRED:
      return {
        isValid: false,
        accountStatus: AccountStatus.ACCOUNT_TRIAL_EXPIRED,
        reason: reasons.trialExpired,
      };
    case BillingStatus.EXPIRED:
      return {
        isValid: false,
        accountStatus: AccountStatus.ACCOUNT_IN_EXPIRED_STATE,
        reason: reasons.expired,
      };
    default:
      return { isValid: true, accountStatus: AccountStatus.REASON_UNSPECIFIED, reason: "" };
  }
}

/** Without a billing customer, there is only the trial. */
function billingStatus(account: AccountRow, now: number): BillingStatus {
  const isTrial = now < account.createdAt + trialMs;
  const subscription = account.stripeCustomerId === null ? "none" : subscriptionOf(account, now);
  if (subscription === "active" || subscription === "past_due") return BillingStatus.ACTIVE;
  if (isTrial) return BillingStatus.TRIAL_ACTIVE;
  return subscription === "unpaid" ? BillingStatus.EXPIRED : BillingStatus.TRIAL_EXPIRED;
}

function subscriptionOf({ subscription, settlesAt }: AccountRow, now: number): AccountRow["subscription"] {
  return settlesAt !== null && settlesAt <= now ? "active" : subscription;
}
