import { type Clock, monotonicTime } from "../../call/clock.js";
import { newId } from "../new-id.js";
import type { Stored } from "../stores/token-store.js";
import { type StoredTokens, secretsOf } from "../tokens.js";
import type { SourceState, Unsaved } from "./next-step.js";
import { localExpiryOf, type RefreshNeed, type RefreshWindows, refreshNeed } from "./token-life.js";
import { TokenSessions } from "./token-sessions.js";

/** A record in memory, and the time that its access token had left when the record came. */
interface Timed {
  readonly stored: Stored;
  /** The time when it came, by the monotonic clock: if the wall clock is set, no token must live longer. */
  readonly since: number;
  readonly leftMs: number;
}

interface CurrentTokensOptions extends RefreshWindows {
  readonly clock: Clock;
  readonly followSignIns: boolean;
  readonly initial: StoredTokens | undefined;
}

/** The tokens that a source has in memory, with their session, and when they must be refreshed. */
export class CurrentTokens implements SourceState {
  sessionId: string | undefined;
  isSignedOut = false;
  /**
   * Whether the store has failed since these tokens came. If so, calls do not wait for a refresh while the tokens are
   * valid.
   */
  isDown = false;
  unsaved: Unsaved | undefined;
  /**
   * The secrets that no error of the store may contain: the initial tokens and the last ones. A store may return them after a sign-out
   * too.
   */
  secrets: readonly string[];
  readonly ownMarkPrefix = newId();
  readonly followSignIns: boolean;
  readonly #clock: Clock;
  readonly #initialSecrets: readonly string[];
  readonly #windows: RefreshWindows;
  readonly #sessions = new TokenSessions();
  #current: Timed | undefined;
  #refused: string | undefined;

  constructor(options: CurrentTokensOptions) {
    this.followSignIns = options.followSignIns;
    this.#clock = options.clock;
    this.#windows = options;
    this.#initialSecrets = secretsOf(options.initial);
    this.secrets = this.#initialSecrets;
  }

  /** The record in memory, saved or not. */
  get stored(): Stored | undefined {
    return this.#current?.stored;
  }

  /** Makes these the current tokens. If they could not be saved, `replaced` contains the records that they replace. */
  use(stored: Stored, replaced?: Unsaved["replaced"]): void {
    this.#current = this.#measure(stored);
    this.unsaved = replaced && { stored, replaced };
    this.secrets = [...secretsOf(stored.tokens), ...this.#initialSecrets];
    this.sessionId = stored.sessionId;
    this.isSignedOut = this.isDown = false;
  }

  /** The same as {@link use}, for tokens from a refresh. If the server has issued a refused token again, it can be sent again. */
  useFresh(stored: Stored, replaced?: Unsaved["replaced"]): void {
    this.#refused = undefined;
    this.use(stored, replaced);
  }

  /** Marks this record as saved. */
  noteSaved(stored: Stored): void {
    if (this.unsaved?.stored === stored) this.unsaved = undefined;
  }

  /** Ends the session, and drops its tokens. */
  signOut(): void {
    this.sessionId ??= newId();
    this.isSignedOut = true;
    this.#current = undefined;
    this.unsaved = undefined;
  }

  /** Marks an access token as refused by a server, if it is the current one. */
  noteRefused(accessToken: string): void {
    if (accessToken === this.stored?.tokens.accessToken) this.#refused = accessToken;
  }

  /** The access token that a server has refused, until the next refresh. */
  get refused(): string | undefined {
    return this.#refused;
  }

  /** When the current tokens must be refreshed. */
  get need(): RefreshNeed {
    return this.#current ? this.#needOf(this.#current) : "now";
  }

  /** Checks whether a record of the store makes a refresh unnecessary. */
  isFresh(stored: Stored): boolean {
    const need = this.#needOf(this.#measure(stored));
    // Stored tokens that must be refreshed soon help only if they are not the current ones.
    const isOther = stored.tokens.accessToken !== this.stored?.tokens.accessToken;
    return need === "not" || (need === "soon" && isOther);
  }

  /** Returns the access token for a call. Undefined if there is none. */
  tokenForCall(): string | undefined {
    const { stored } = this;
    if (stored) this.#sessions.add(stored.tokens.accessToken, stored.sessionId);
    return stored?.tokens.accessToken;
  }

  /** Checks whether the token of an earlier call belongs to the current session. */
  isOfSession(accessToken: string): boolean {
    return this.#sessions.belongs(accessToken, this.sessionId);
  }

  /**
   * Measures a token's remaining time. It is measured once for each token, because the wall clock may be set in the
   * meantime.
   */
  #measure(stored: Stored): Timed {
    const current = this.#current;
    if (current?.stored.tokens.accessToken === stored.tokens.accessToken) return { ...current, stored };
    return { stored, since: monotonicTime(this.#clock), leftMs: localExpiryOf(stored) - this.#clock.now() };
  }

  #needOf({ stored, since, leftMs }: Timed): RefreshNeed {
    if (stored.tokens.accessToken === this.#refused) return "now";
    const byWallClock = localExpiryOf(stored) - this.#clock.now();
    const bySpan = leftMs - (monotonicTime(this.#clock) - since);
    const left = Math.min(byWallClock, bySpan);
    return this.isDown && left > 0 ? "soon" : refreshNeed(left, stored.lifetimeMs, this.#windows);
  }
}
