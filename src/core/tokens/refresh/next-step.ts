import type { Stored } from "../stores/token-store.js";

/** What a source has in memory when it reads its store. */
export interface Memory {
  /** The session that the source works for. Undefined before it has one. */
  readonly sessionId: string | undefined;
  /** Whether that session was ended here, by `clear()`. */
  readonly isOver: boolean;
  /** Tokens that could not be saved, and the revision that they replace ({@link anyRevision} if it is unknown). */
  readonly unsaved: { readonly stored: Stored; readonly over: string | undefined } | undefined;
  /** The revision with which this source has marked the start of its own refresh. */
  readonly ownMark: string | undefined;
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

/** In place of a revision: the tokens replace whatever the store holds. */
export const anyRevision = "any";

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
  const { sessionId, unsaved, ownMark } = memory;
  // Tokens that could not be saved are newer than those that they replace.
  if (unsaved && (unsaved.over === anyRevision || unsaved.over === stored?.revision)) {
    return { kind: "refresh", from: unsaved.stored, expected: stored?.revision };
  }
  if (!stored) {
    // Never signed in: `refresh` may get the first tokens. Else somebody has cleared the store.
    return sessionId === undefined
      ? { kind: "refresh", from: undefined, expected: undefined }
      : { kind: "signed-out" };
  }
  if (sessionId !== undefined && stored.sessionId !== sessionId && !memory.followSignIns) {
    return { kind: "other-session" };
  }
  if (stored.sessionId === sessionId && memory.isOver) return { kind: "signed-out" };
  if (isGood(stored)) return { kind: "use", stored };
  if (stored.revision !== ownMark && isUnderWay(stored)) return { kind: "wait", stored };
  return { kind: "refresh", from: stored, expected: stored.revision };
}
