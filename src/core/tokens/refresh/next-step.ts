import { haveSameTokens, type Stored } from "../stores/token-store.js";

/** Tokens that could not be saved. */
export interface Unsaved {
  readonly stored: Stored;
  /**
   * What they replace: the tokens that were used up for them, or whatever the session before has. Undefined for an empty store,
   * null for any other session.
   */
  readonly over: readonly (Stored | undefined | null)[];
}

/** What a source has in memory when it reads its store. */
export interface Memory {
  /** The session that the source works for. Undefined before it has one. */
  readonly sessionId: string | undefined;
  /** Whether that session was ended here, by `clear()`. */
  readonly isOver: boolean;
  /** Tokens that could not be saved. */
  readonly unsaved: Unsaved | undefined;
  /** The revisions with which this source marks its own refreshes begin with this. */
  readonly markPrefix: string;
  /** Whether the tokens of another sign-in are used. */
  readonly followSignIns: boolean;
}

/** What to do next. */
export type Step =
  /** The stored tokens are good: use them. */
  | { readonly kind: "use"; readonly stored: Stored }
  /** Refresh `from` these tokens (undefined: without any), and replace the `expected` revision. */
  | { readonly kind: "refresh"; readonly from: Stored | undefined; readonly expected: string | undefined }
  /** Somebody else is refreshing: look again after a while. */
  | { readonly kind: "wait"; readonly stored: Stored }
  /** The session has ended. */
  | { readonly kind: "signed-out" }
  /** The store has another session's tokens. */
  | { readonly kind: "other-session" };

/**
 * Decides what to do, given what the store holds. A pure function. Returns the next step.
 *
 * @param isGood - whether stored tokens can be used as they are.
 * @param isUnderWay - whether the refresh that is marked in the store may still succeed.
 */
export function nextStep(
  stored: Stored | undefined,
  memory: Memory,
  isGood: (stored: Stored) => boolean,
  isUnderWay: (stored: Stored) => boolean,
): Step {
  const { sessionId, unsaved } = memory;
  if (unsaved && replaces(unsaved, stored)) {
    return { kind: "refresh", from: unsaved.stored, expected: stored?.revision };
  }
  // Somebody has cleared the store, unless nobody has ever signed in: then `refresh` may get the first tokens.
  if (stored?.sessionId === sessionId ? memory.isOver : !stored) return { kind: "signed-out" };
  if (stored) {
    if (sessionId !== undefined && stored.sessionId !== sessionId && !memory.followSignIns) {
      return { kind: "other-session" };
    }
    if (isGood(stored)) return { kind: "use", stored };
    if (!stored.revision.startsWith(memory.markPrefix) && isUnderWay(stored)) return { kind: "wait", stored };
  }
  return { kind: "refresh", from: stored, expected: stored?.revision };
}

/** Whether tokens are newer than what was found in the store. */
export function replaces({ stored, over }: Unsaved, found: Stored | undefined): boolean {
  return over.some(
    (old) =>
      haveSameTokens(found, old) ||
      (found?.sessionId !== stored.sessionId && (old === null || found?.sessionId === old?.sessionId)),
  );
}
