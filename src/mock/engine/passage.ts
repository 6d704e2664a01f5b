import { type ContextKey, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerRequest } from "@connectrpc/connect/protocol";
import { ConnectionLost, type Damage, damaged } from "./damage.js";
import type { Door } from "./doors.js";

/** One call's way through a door: the handler leaves here what is to befall the answer. */
export interface Passage {
  readonly door: Door;
  damage: Damage | undefined;
}

/** Where a handler finds the call's passage; undefined where it came through a router that isn't ours. */
export const passageKey: ContextKey<Passage | undefined> = {
  // The listener may be of another copy of this module than the server.
  id: Symbol.for("tenantry.mock.passage"),
  defaultValue: undefined,
};

/** Lets a method's calls come through a door, which does to the answers what faults say. @throws ConnectionLost */
export function through(door: Door, handler: UniversalHandler): UniversalHandler {
  async function handle(request: UniversalServerRequest) {
    const passage: Passage = { door, damage: undefined };
    const contextValues = (request.contextValues ?? createContextValues()).set(passageKey, passage);
    const response = await handler({ ...request, contextValues });
    return passage.damage === undefined ? response : damaged(response, passage.damage, request.signal);
  }
  return Object.assign(handle, handler);
}

/** Whether a call ended because a fault broke its connection. */
export function isConnectionLost(reason: unknown): boolean {
  return reason instanceof ConnectionLost;
}
