import type { Clock } from "../../call/clock.js";
import { idOf, newId } from "../new-id.js";
import type { BoundedStore } from "../stores/bounded-store.js";
import type { Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";
import { mostTries } from "./marked-refresh.js";
import type { Unsaved } from "./next-step.js";
import { endOf } from "./token-life.js";

/** The tokens that a source begins with. */
interface First {
  readonly stored: Stored;
  /** What it replaces, if it could not be saved. */
  readonly over?: Unsaved["over"];
}

/**
 * Chooses between the store's tokens and those that the program was given. It takes the store's if they are of the same
 * session, or if it is not sure that the given ones expire later. Given tokens that it takes are saved at once.
 *
 * @param signal - aborts when somebody signs in or out. Nothing is saved after that.
 * @returns the chosen tokens; undefined if there are none.
 */
export async function loadFirst(
  store: BoundedStore,
  initial: StoredTokens | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<First | undefined> {
  if (!initial) {
    const stored = await store.load();
    return stored && { stored };
  }
  const sessionId = idOf(initial.refreshToken ?? initial.accessToken);
  const given: Stored = { v: 1, tokens: initial, revision: newId(), sessionId };
  let stored: Stored | undefined;
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      stored = await store.load();
      if (signal.aborted || (stored && !isLater(given, stored))) return stored && { stored };
      if (await store.save(given, stored?.revision)) return { stored: given };
    } catch (failure) {
      // A store that is down does not stop calls whose token is good.
      if ((endOf(initial) ?? Infinity) <= clock.now()) throw failure;
      break;
    }
  }
  return { stored: given, over: [stored] };
}

function isLater(given: Stored, stored: Stored): boolean {
  if (given.sessionId === stored.sessionId) return false;
  const end = endOf(given.tokens);
  return end !== undefined && end > (endOf(stored.tokens) ?? Infinity);
}
