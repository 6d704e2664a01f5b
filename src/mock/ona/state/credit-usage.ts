import type { OnaCreditUsageRow } from "./billing-rows.js";
import type { OnaMemberRow } from "./rows.js";
import { type Ona, resourceKey } from "./state.js";

/** Adds credits that a user used. Credits with the same resource name belong to the same environment or conversation. */
export function addCreditUsage(
  { state, ids }: Ona,
  { organizationId, userId }: OnaMemberRow,
  used: Pick<OnaCreditUsageRow, "type" | "credits" | "at" | "resource">,
): OnaCreditUsageRow {
  const { type, resource } = used;
  const [known] = state.creditUsage.by("resource", resourceKey({ organizationId, type, resource }));
  const resourceId = known?.resourceId ?? ids.uuid();
  return state.creditUsage.insert({ ...used, id: ids.uuid(), organizationId, userId, resourceId });
}
