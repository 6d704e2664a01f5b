import type { Clock } from "../../call/clock.js";
import { newId } from "../new-id.js";
import { type BoundedStore, maxSaves } from "../stores/bounded-store.js";
import type { Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";
import type { CurrentTokens } from "./current-tokens.js";
import type { Unsaved } from "./next-step.js";
import { expiryOf, measureLife } from "./token-life.js";

/** The parts that start a session. */
export interface SessionParts {
  readonly store: BoundedStore;
  readonly current: CurrentTokens;
  readonly clock: Clock;
}

/**
 * Starts with the tokens of the store or with the `initial` ones. The initial tokens are used if they certainly expire later
 * and belong to another session. They are saved at once.
 *
 * @param signal - aborts at a sign-in or sign-out. Nothing is saved or used after that.
 */
export async function startFromStore(
  { store, current, clock }: SessionParts,
  initial: StoredTokens | undefined,
  signal: AbortSignal,
): Promise<void> {
  const use = (first: Stored | undefined, replaced?: Unsaved["replaced"]) => {
    if (first && !signal.aborted) current.use(first, replaced);
  };
  if (!initial) return use(await store.load());
  const sessionId = sessionIdOf(initial.refreshToken ?? initial.accessToken);
  const given: Stored = { v: 1, tokens: initial, revision: newId(), sessionId };
  let stored: Stored | undefined;
  let isRead = false;
  for (let saves = 0; saves < maxSaves; saves++) {
    try {
      stored = await store.load();
      isRead = true;
      if (signal.aborted || (stored && !isLater(given, stored))) return use(stored);
      if (await store.save(given, stored?.revision)) return use(given);
    } catch (failure) {
      // If the store is down, calls still work while their token is valid. A store that can only be read does not stop a refresh.
      if (!isRead && (expiryOf(initial) ?? Infinity) <= clock.now()) throw failure;
      break;
    }
  }
  use(given, [stored]);
}

/** Starts a session with the tokens of a sign-in. If they cannot be saved now, they stay in memory. */
export async function startFromSignIn(
  { store, current, clock }: SessionParts,
  tokens: StoredTokens,
): Promise<void> {
  const life = measureLife(tokens, clock.now());
  const next: Stored = { v: 1, tokens, revision: newId(), sessionId: newId(), ...life };
  // If the store cannot be read, it most likely still has the previous session.
  const { unsaved } = current;
  let replaced = unsaved ? unsaved.replaced.at(-1) : (current.stored ?? null);
  try {
    for (let saves = 0; saves < maxSaves; saves++) {
      replaced = await store.load();
      if (await store.save(next, replaced?.revision)) return current.use(next);
    }
  } catch {}
  // If the store has a third session by then, it comes from a later sign-in.
  current.use(next, [replaced]);
}

function isLater(given: Stored, stored: Stored): boolean {
  if (given.sessionId === stored.sessionId) return false;
  const expiry = expiryOf(given.tokens);
  return expiry !== undefined && expiry > (expiryOf(stored.tokens) ?? Infinity);
}

/** Returns the session id for `initial` tokens. Processes with the same initial tokens get the same id, and so share a session. */
function sessionIdOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `initial-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
