import type { Ids } from "../../engine/state/ids.js";

/** An account's API key. */
export function newApiKey(ids: Ids): string {
  return `neo_at_v1_${ids.uuid()}`;
}

/** A worker's key. */
export function newWorkerKey(ids: Ids): string {
  return `neo_wt_v1_${ids.uuid()}`;
}
