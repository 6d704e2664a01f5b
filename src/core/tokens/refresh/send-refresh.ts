import { isTimeout, within } from "../../call/abort.js";
import type { Clock } from "../../call/clock.js";
import { TokenRefreshError } from "../../errors/token-errors.js";
import { readTokens, type StoredTokens, secretsOf, type Tokens } from "../tokens.js";
import { refusedRefresh, refusedResult, SharedFailure } from "./refresh-failure.js";

/** What a refresh is made with. */
export interface RefreshRequest {
  /** The refresh token to send. Undefined if there is none yet. */
  readonly refreshToken: string | undefined;
  /** The access token to replace. Undefined if there is none yet. */
  readonly accessToken: string | undefined;
  /**
   * Aborts when nobody needs the tokens any more: somebody has signed in or out. It does not abort because of time, since the
   * tokens of a refresh that was sent must not be lost.
   */
  readonly signal: AbortSignal;
}

/** Gets new tokens, and returns them. */
export type Refresh = (request: RefreshRequest) => Tokens | Promise<Tokens>;

/** Calls the user's `refresh`, and names what goes wrong in it. */
export class RefreshSender {
  readonly #refresh: Refresh;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  /** Whether the code of `refresh` is running right now, up to its first `await`. */
  #isCalling = false;
  /** The refreshes under way, and whether a token was asked for meanwhile. */
  readonly #pending = new Set<{ wasAsked: boolean }>();

  constructor(refresh: Refresh, clock: Clock, timeoutMs: number) {
    this.#refresh = refresh;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Sends a refresh.
   *
   * @param keep - gets the new tokens, even if they come so late that nobody waits for them.
   * @returns what `keep` returns, or a failure if that takes longer than the limit.
   */
  send<T>(request: RefreshRequest, keep: (tokens: StoredTokens) => Promise<T>): Promise<T> {
    const state = { wasAsked: false };
    this.#pending.add(state);
    const result = this.#call(request).finally(() => this.#pending.delete(state));
    const kept = result.then(keep);
    // If nobody waits for it any more, a failure must not count as unhandled.
    kept.catch(() => {});
    const limits = { signal: request.signal, clock: this.#clock, timeoutMs: this.#timeoutMs };
    return within(limits, () => result).then(
      () => kept,
      (reason) => {
        throw isTimeout(reason) && this.#pending.has(state) ? this.#late(state.wasAsked) : reason;
      },
    );
  }

  /** Notes that a token was asked for. @throws SharedFailure if `refresh` itself has certainly asked for it. */
  asked(): void {
    for (const state of this.#pending) state.wasAsked = true;
    if (!this.#isCalling) return;
    throw new SharedFailure(
      () =>
        new TokenRefreshError(
          "`refresh` waits for itself: it calls through a client that takes its token from this source. Use a client without it.",
        ),
    );
  }

  async #call(request: RefreshRequest): Promise<StoredTokens> {
    const { refreshToken } = request;
    let result: unknown;
    try {
      result = await this.#start(request);
    } catch (reason) {
      throw refusedRefresh(reason, secretsOf(request));
    }
    const tokens = readTokens(result);
    if (typeof tokens === "string") throw refusedResult(result, tokens);
    // A server that does not rotate sends none.
    return { ...(refreshToken && { refreshToken }), ...tokens };
  }

  #start(request: RefreshRequest): Tokens | Promise<Tokens> {
    this.#isCalling = true;
    try {
      return this.#refresh(request);
    } finally {
      this.#isCalling = false;
    }
  }

  #late(wasAsked: boolean): LateFailure {
    const hint = wasAsked
      ? " If it calls through a client that takes its token from this source, it waits for itself."
      : "";
    const text = `\`refresh\` has not settled within ${this.#timeoutMs} ms.${hint}`;
    return new LateFailure(() => new TokenRefreshError(text));
  }
}

/** A refresh that has not settled in time. Its tokens may still come. */
export class LateFailure extends SharedFailure {}
