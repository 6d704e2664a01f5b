import type { Ids } from "../../engine/state/ids.js";
import type { VydonHolder } from "./rows.js";
import type { Vydon } from "./state.js";

/** A new API key's token. */
export function newApiKey(ids: Ids): string {
  return `neo_at_v1_${ids.uuid()}`;
}

/** The holder of a new API key. It has a new user, who is not a member of the account. */
export function addKeyHolder({ state, ids }: Vydon, accountId: string): VydonHolder & { kind: "api_key" } {
  const userId = ids.uuid();
  state.users.insert({ id: userId, email: "", name: "", image: "" });
  return { kind: "api_key", userId, accountId, keyId: ids.uuid() };
}
