import type { VydonBillingValidity, VydonSubscriptionStatus } from "tenantry";

/** The state of a subscription, in words. */
export interface Standing {
  readonly label: string;
  readonly tone: "good" | "warning" | "bad";
  readonly detail: string;
  /** Whether the team already pays. If so, it goes to the portal, otherwise to the checkout. */
  readonly isPaid: boolean;
}

const dates = new Intl.DateTimeFormat("en", { dateStyle: "long" });

/** Describes the status of a subscription to its team. */
export function standing(
  status: VydonSubscriptionStatus,
  validity: VydonBillingValidity | undefined,
): Standing {
  switch (status) {
    case "active":
      return { label: "Active", tone: "good", detail: "Your subscription renews by itself.", isPaid: true };
    case "trial_active": {
      const until = validity?.trialExpiresAt;
      const detail = until ? `Your trial runs until ${dates.format(until)}.` : "Your trial is running.";
      return { label: "Trial", tone: "warning", detail, isPaid: false };
    }
    case "trial_expired":
    case "expired": {
      const label = status === "expired" ? "Expired" : "Trial ended";
      return { label, tone: "bad", detail: validity?.reason ?? "Subscribe to continue.", isPaid: false };
    }
    default:
      return { label: "Self-hosted", tone: "good", detail: "This server does no billing.", isPaid: true };
  }
}
