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

interface SenderOptions {
  readonly refresh: Refresh;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Calls the user's `refresh`, and names what goes wrong in it. */
export class RefreshSender {
  readonly #options: SenderOptions;
  /** Whether the code of `refresh` is running right now, up to its first `await`. */
  #isCalling = false;
  /** The refresh token that the server has refused for good, and the failure. */
  #dead: { readonly refreshToken: string | undefined; readonly failure: SharedFailure } | undefined;
  /** How often a token was asked for. */
  #asked = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /**
   * Sends a refresh.
   *
   * @param keep - gets the new tokens, even if they come so late that nobody waits for them.
   * @returns what `keep` returns, or a failure if that takes longer than the limit.
   */
  send<T>(request: RefreshRequest, keep: (tokens: StoredTokens) => Promise<T>): Promise<T> {
    const askedBefore = this.#asked;
    let isPending = true;
    const result = this.#call(request).finally(() => {
      isPending = false;
    });
    const kept = result.then(keep);
    // If nobody waits for it any more, a failure must not count as unhandled.
    kept.catch(() => {});
    const { clock, timeoutMs } = this.#options;
    return within({ signal: request.signal, clock, timeoutMs }, () => result).then(
      () => kept,
      (reason) => {
        throw isTimeout(reason) && isPending ? this.#late(this.#asked > askedBefore) : reason;
      },
    );
  }

  /** Notes that a token was asked for. @throws SharedFailure if `refresh` itself has certainly asked for it. */
  asked(): void {
    this.#asked++;
    if (!this.#isCalling) return;
    throw new SharedFailure(
      () =>
        new TokenRefreshError(
          "`refresh` waits for itself: it calls through a client that takes its token from this source. Use a client without it.",
        ),
    );
  }

  /** @throws SharedFailure if the server has refused this refresh token for good. */
  check(refreshToken: string | undefined): void {
    if (refreshToken !== undefined && this.#dead?.refreshToken === refreshToken) throw this.#dead.failure;
  }

  async #call(request: RefreshRequest): Promise<StoredTokens> {
    const { refreshToken } = request;
    try {
      this.check(refreshToken);
      const result = await this.#start(request);
      const tokens = readTokens(result);
      if (typeof tokens === "string") throw refusedResult(result, tokens);
      // A server that does not rotate sends none.
      return { ...(refreshToken && { refreshToken }), ...tokens };
    } catch (reason) {
      const failure = refusedRefresh(reason, secretsOf(request));
      if (failure.isFinal) this.#dead = { refreshToken, failure };
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

  #late(wasAsked: boolean): LateFailure {
    const hint = wasAsked
      ? " If it calls through a client that takes its token from this source, it waits for itself."
      : "";
    const text = `\`refresh\` has not settled within ${this.#options.timeoutMs} ms.${hint}`;
    return new LateFailure(() => new TokenRefreshError(text));
  }
}

/** A refresh that has not settled in time. Its tokens may still come. */
export class LateFailure extends SharedFailure {}
