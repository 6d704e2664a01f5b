import { haveSameTokens, type Stored } from "../stores/token-store.js";

/** Tokens that could not be saved. */
export interface Unsaved {
  readonly stored: Stored;
  /**
   * The records that they replace: the tokens that were refreshed, or the tokens of the previous session. Undefined means an
   * empty store. Null means the tokens of any other session.
   */
  readonly replaced: readonly (Stored | undefined | null)[];
}

/** The part of a source's memory that the next step depends on. */
export interface SourceState {
  /** The session of the source. Undefined before it has one. */
  readonly sessionId: string | undefined;
  /** Whether `clear()` of this source has ended that session. */
  readonly isSignedOut: boolean;
  /** Tokens that could not be saved. */
  readonly unsaved: Unsaved | undefined;
  /** The prefix of the revisions of this source's own marks. */
  readonly ownMarkPrefix: string;
  /** Whether the tokens of another sign-in are used. */
  readonly followSignIns: boolean;
  /** Checks whether stored tokens can be used as they are. */
  isFresh(stored: Stored): boolean;
}

/** The next step of a source. */
export type Step =
  /** Use the stored tokens. */
  | { readonly kind: "use"; readonly stored: Stored }
  /**
   * Refresh the tokens of a record, and save the new ones in place of a revision. Undefined if there are no tokens yet.
   */
  | {
      readonly kind: "refresh";
      readonly old: Stored | undefined;
      readonly expectedRevision: string | undefined;
    }
  /** Another source is refreshing: read the store again after a while. */
  | { readonly kind: "wait"; readonly stored: Stored }
  /** The session has ended. */
  | { readonly kind: "signed-out" }
  /** The store has another session's tokens. */
  | { readonly kind: "other-session" };

/**
 * Returns the next step, from the content of the store and the state of the source. It is a pure function.
 *
 * @param isUnderWay - whether the refresh that is marked in the store may still succeed.
 */
export function nextStep(
  stored: Stored | undefined,
  state: SourceState,
  isUnderWay: (stored: Stored) => boolean,
): Step {
  const { sessionId, unsaved } = state;
  if (unsaved && isReplaced(stored, unsaved)) {
    return { kind: "refresh", old: unsaved.stored, expectedRevision: stored?.revision };
  }
  const isOwn = stored?.sessionId === sessionId;
  // An empty store means a sign-out, unless there was no sign-in yet: then `refresh` may get the first tokens.
  if (isOwn ? state.isSignedOut : !stored) return { kind: "signed-out" };
  if (stored) {
    if (!isOwn && sessionId !== undefined && !state.followSignIns) {
      return { kind: "other-session" };
    }
    if (state.isFresh(stored)) return { kind: "use", stored };
    if (!stored.revision.startsWith(state.ownMarkPrefix) && isUnderWay(stored)) {
      return { kind: "wait", stored };
    }
  }
  return { kind: "refresh", old: stored, expectedRevision: stored?.revision };
}

/** Checks whether unsaved tokens replace the record that was found in the store. */
export function isReplaced(found: Stored | undefined, { stored, replaced }: Unsaved): boolean {
  return replaced.some(
    (old) =>
      haveSameTokens(found, old) ||
      (found?.sessionId !== stored.sessionId && (old === null || found?.sessionId === old?.sessionId)),
  );
}
