import type { MockServer, VydonSubscription } from "tenantry/mock";
import type { Placeholders } from "../../src/mock/node/verify/placeholders.js";
import type { Callers } from "./callers.js";
import type { Json, RecordedLever } from "./read-recording.js";

/** Repeats an action outside the API with the mock's controls. A lever that had no effect is skipped. */
export function playLever(
  { lever, request, ok }: RecordedLever,
  { vydon }: MockServer,
  callers: Callers,
  placeholders: Placeholders,
): void {
  if (!ok) return;
  const text = (key: string): string => {
    const value = placeholders.fill(request[key] ?? null);
    if (typeof value !== "string") throw new Error(`the lever ${lever} has no ${key}`);
    return value;
  };
  switch (lever) {
    case "apiKey":
      callers.addKey(vydon.apiKey(text("accountId")).token);
      break;
    case "expireApiKey":
      vydon.expireApiKey(callers.token(String(request["token"])));
      break;
    case "expireApiKeyById":
      vydon.expireApiKeyById(text("id"));
      break;
    case "expireInvite":
      vydon.expireInvite(text("inviteId"));
      break;
    case "subscription":
      vydon.setSubscription(text("accountId"), subscription(request["status"]));
      break;
    case "ageAccount":
      vydon.ageAccount(text("accountId"), Number(request["days"]));
      break;
    case "unbill":
      vydon.removeBillingCustomer(text("accountId"));
      break;
    default:
      throw new Error(`there is no lever ${lever}`);
  }
}

function subscription(status: Json | undefined): VydonSubscription {
  switch (status) {
    case "active":
    case "past_due":
    case "unpaid":
    case "none":
      return status;
    default:
      throw new Error(`there is no subscription ${JSON.stringify(status)}`);
  }
}
