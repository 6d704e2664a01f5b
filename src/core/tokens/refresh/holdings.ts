import { type Clock, spanTime } from "../../call/clock.js";
import { newId } from "../new-id.js";
import type { Stored } from "../stores/token-store.js";
import { HandedOut } from "./handed-out.js";
import type { Memory, Unsaved } from "./next-step.js";
import { localEndOf, type Need, needOf, type Windows } from "./token-life.js";

/** The tokens in memory, with the time that they had left when they came. */
interface Held {
  readonly stored: Stored;
  /** By the monotonic clock, so that setting the wall clock cannot make a token live longer. */
  readonly since: number;
  readonly leftMs: number;
}

interface HoldingsOptions extends Windows {
  readonly clock: Clock;
  readonly followSignIns: boolean;
}

/** What a source has in memory: its session, its tokens, and how soon they must be replaced. */
export class Holdings {
  readonly #clock: Clock;
  readonly #options: HoldingsOptions;
  readonly #handedOut = new HandedOut();
  #sessionId: string | undefined;
  #isOver = false;
  #held: Held | undefined;
  #unsaved: Unsaved | undefined;
  /** The access token that a server has refused. */
  #refused: string | undefined;
  readonly #markPrefix = newId();

  constructor(options: HoldingsOptions) {
    this.#clock = options.clock;
    this.#options = options;
  }

  /** What `nextStep` needs for its decision. */
  get memory(): Memory {
    return {
      sessionId: this.#sessionId,
      isOver: this.#isOver,
      unsaved: this.#unsaved,
      markPrefix: this.#markPrefix,
      followSignIns: this.#options.followSignIns,
    };
  }

  /** The tokens in memory, saved or not. */
  get stored(): Stored | undefined {
    return this.#held?.stored;
  }

  /** Whether the source works for a session, or has ended one. */
  get isBound(): boolean {
    return this.#sessionId !== undefined;
  }

  /** Uses these tokens from now on. `over` is what they replace, if they could not be saved. */
  hold(stored: Stored, over?: Unsaved["over"]): void {
    this.#held = this.#measure(stored);
    this.#unsaved = over && { stored, over };
    this.#sessionId = stored.sessionId;
    this.#isOver = false;
  }

  /** These tokens are in the store now. */
  setSaved(stored: Stored): void {
    if (this.#unsaved?.stored === stored) this.#unsaved = undefined;
  }

  /** Ends the session. The tokens are forgotten. */
  end(): void {
    this.#sessionId ??= newId();
    this.#isOver = true;
    this.#held = undefined;
    this.#unsaved = undefined;
  }

  /** Remembers that a server has refused an access token, if that is the one in memory. */
  refuse(accessToken: string): void {
    if (accessToken === this.stored?.tokens.accessToken) this.#refused = accessToken;
  }

  /** How soon the tokens in memory must be replaced. */
  get need(): Need {
    return this.#held ? this.#needOf(this.#held) : "now";
  }

  /** Whether tokens of the store make a refresh unnecessary. */
  isGood(stored: Stored): boolean {
    const need = this.#needOf(this.#measure(stored));
    // Tokens that are in memory already and must be replaced soon do not count.
    const isNews = stored.tokens.accessToken !== this.stored?.tokens.accessToken;
    return need === "not" || (need === "soon" && isNews);
  }

  /** The access token for a call. Undefined if there is none. */
  handOut(): string | undefined {
    const accessToken = this.stored?.tokens.accessToken;
    if (accessToken !== undefined && this.#sessionId !== undefined) {
      this.#handedOut.add(accessToken, this.#sessionId);
    }
    return accessToken;
  }

  /** Whether a token that a call was sent with belongs to the present session. */
  isOwn(accessToken: string): boolean {
    return this.#handedOut.belongs(accessToken, this.#sessionId);
  }

  /** What is left of a token's time. It is measured once: the wall clock may be set meanwhile. */
  #measure(stored: Stored): Held {
    if (this.#held?.stored.tokens.accessToken === stored.tokens.accessToken) return { ...this.#held, stored };
    return { stored, since: spanTime(this.#clock), leftMs: localEndOf(stored) - this.#clock.now() };
  }

  #needOf({ stored, since, leftMs }: Held): Need {
    if (stored.tokens.accessToken === this.#refused) return "now";
    const byWall = localEndOf(stored) - this.#clock.now();
    const bySpan = leftMs - (spanTime(this.#clock) - since);
    return needOf(Math.min(byWall, bySpan), stored.lifetimeMs, this.#options);
  }
}
