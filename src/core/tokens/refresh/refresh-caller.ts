import { isTimeout, within } from "../../call/abort.js";
import { type Clock, monotonicTime } from "../../call/clock.js";
import { TokenRefreshError } from "../../errors/token-errors.js";
import type { Refresh, RefreshRequest } from "../refresh-options.js";
import { readNewTokens, type StoredTokens, secretsOf, type Tokens } from "../tokens.js";
import { invalidResult, refreshFailure, SharedFailure } from "./refresh-failure.js";

interface CallerOptions {
  readonly refresh: Refresh;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly takeOverMs: number;
}

/** A refresh that has not settled in time. Its token must not be sent again before `until`. */
interface LateRefresh {
  readonly refreshToken: string | undefined;
  readonly until: number;
  readonly saved: Promise<unknown>;
}

/** Calls the user's `refresh`, checks its result, and converts its errors to failures of this SDK. */
export class RefreshCaller {
  readonly #options: CallerOptions;
  /** Whether the code of `refresh` is running right now, up to its first `await`. */
  #isCalling = false;
  /** The refresh token that the server has refused for good, and the failure. */
  #refused: { readonly refreshToken: string | undefined; readonly failure: SharedFailure } | undefined;
  /** The last refresh that has not settled in time. */
  #late: LateRefresh | undefined;
  /** The number of times that a call has requested a token from the source. */
  #requests = 0;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /**
   * Calls `refresh`.
   *
   * @param save - called with the new tokens, even if they arrive so late that no caller waits for them.
   * @returns what `save` returns. Rejects with a `LateFailure` if `refresh` takes longer than `timeoutMs`.
   */
  call<T>(request: RefreshRequest, save: (tokens: StoredTokens) => Promise<T>): Promise<T> {
    const requestsBefore = this.#requests;
    const result = this.#tokensOf(request);
    const saved = result.then(save);
    // If no caller waits for it any more, a failure must not count as unhandled.
    saved.catch(() => {});
    const { clock, timeoutMs, takeOverMs } = this.#options;
    const { refreshToken, signal } = request;
    const until = monotonicTime(clock) + takeOverMs;
    return within({ signal, clock, timeoutMs }, () => result).then(
      () => saved,
      (reason) => {
        if (!isTimeout(reason)) throw reason;
        this.#late = { refreshToken, until, saved };
        throw this.#lateFailure(this.#requests > requestsBefore);
      },
    );
  }

  /**
   * Waits for an earlier refresh with this token that has not settled in time. The token must not be sent again before
   * `takeOverMs` is over.
   *
   * @returns whether there was an earlier refresh. If so, the tokens may have changed.
   * @throws LateFailure if it does not settle within `timeoutMs` either.
   */
  async awaitLate(refreshToken: string | undefined, signal: AbortSignal): Promise<boolean> {
    const late = this.#late;
    if (refreshToken === undefined || late?.refreshToken !== refreshToken) return false;
    const { clock, timeoutMs } = this.#options;
    const leftMs = late.until - monotonicTime(clock);
    if (leftMs <= 0) return false;
    const settled = late.saved.catch(() => {});
    await within({ signal, clock, timeoutMs: Math.min(leftMs, timeoutMs) }, () => settled).catch((reason) => {
      if (!isTimeout(reason)) throw reason;
      if (leftMs > timeoutMs) throw this.#lateFailure(false);
    });
    this.#late = undefined;
    return true;
  }

  /** Counts a request for a token from the source. @throws SharedFailure if the request certainly comes from `refresh`. */
  noteRequest(): void {
    this.#requests++;
    if (!this.#isCalling) return;
    throw new SharedFailure(
      TokenRefreshError,
      "`refresh` waits for itself: it calls through a client that takes its token from this source. Use a client without it.",
    );
  }

  /** @throws SharedFailure if the server has refused this refresh token for good. */
  throwIfRefused(refreshToken: string | undefined): void {
    if (refreshToken !== undefined && this.#refused?.refreshToken === refreshToken)
      throw this.#refused.failure;
  }

  async #tokensOf(request: RefreshRequest): Promise<StoredTokens> {
    const { refreshToken } = request;
    try {
      this.throwIfRefused(refreshToken);
      const result = await this.#start(request);
      const tokens = readNewTokens(result);
      if (typeof tokens === "string") throw invalidResult(result, tokens);
      // A server that does not rotate refresh tokens returns no new one.
      return { ...(refreshToken && { refreshToken }), ...tokens };
    } catch (reason) {
      const failure = refreshFailure(reason, secretsOf(request));
      // Without a refresh token, such as with a cookie, the next call sends another request.
      if (refreshToken === undefined) failure.isFinal = false;
      if (failure.isFinal) this.#refused = { refreshToken, failure };
      throw failure;
    }
  }

  #start(request: RefreshRequest): Tokens | Promise<Tokens> {
    this.#isCalling = true;
    try {
      return this.#options.refresh(request);
    } finally {
      this.#isCalling = false;
    }
  }

  #lateFailure(hasRequests: boolean): LateFailure {
    const hint = hasRequests
      ? " If it calls through a client that takes its token from this source, it waits for itself."
      : "";
    const text = `\`refresh\` has not settled within ${this.#options.timeoutMs} ms.${hint}`;
    return new LateFailure(TokenRefreshError, text);
  }
}

/** The failure of a refresh that has not settled in time. Its tokens may still arrive. */
export class LateFailure extends SharedFailure {}
