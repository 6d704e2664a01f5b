import { within } from "../call/abort.js";
import { type Clock, systemClock } from "../call/clock.js";
import { InvalidArgumentError } from "../errors/errors.js";
import { copyCause } from "../errors/secrets.js";
import type { TokenSource } from "./auth.js";
import { jwtExpiry } from "./jwt.js";
import { type TokenLock, webLock } from "./token-lock.js";
import { type StoredTokens, type TokenStore, type Tokens, toStored } from "./token-stores.js";

/** What a refresh is made with. */
export interface RefreshRequest {
  /** The refresh token held; undefined where there is none yet. */
  readonly refreshToken: string | undefined;
  /** The access token that is to be replaced; undefined where there is none yet. */
  readonly accessToken: string | undefined;
  /** Aborts when `timeoutMs` is over: give it to your fetch. */
  readonly signal: AbortSignal;
}

/** Options of {@link refreshableToken}. */
export interface RefreshableTokenOptions {
  /**
   * Gets new tokens. An answer without a refresh token leaves the one before in use. It must not call through a client that
   * takes its token from this source: that call would wait for itself.
   */
  readonly refresh: (request: RefreshRequest) => Tokens | Promise<Tokens>;
  /** The tokens at hand. With a `store` too, those that expire later count. Without either the first call refreshes. */
  readonly initial?: Tokens | undefined;
  /** Where tokens outlive the program. A new pair is saved before the first call uses it. */
  readonly store?: TokenStore | undefined;
  /** With less than this left calls go on with the old token while a refresh runs behind them. Default 120 000 ms. */
  readonly advisoryMs?: number | undefined;
  /** With less than this left calls wait for the refresh. Default 30 000 ms. */
  readonly mandatoryMs?: number | undefined;
  /** The longest that a refresh may take, in milliseconds; as much again for the store. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Time, for tests. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** Keeps others from refreshing the same tokens. Default: the store's; with a store without one, Web Locks where there are. */
  readonly lock?: TokenLock | undefined;
}

/** A {@link TokenSource} that can be given tokens from outside. */
export interface RefreshableToken extends TokenSource {
  /** Takes new tokens, from a sign-in for instance, in place of those held and of a refresh that may be under way. */
  accept(tokens: Tokens): Promise<void>;
}

/**
 * A source of tokens that expire: it replaces them in time, once for all calls that wait for it.
 *
 * A refresh that fails rejects all who waited for it, with the cause; the next call tries again, after a wait that grows from
 * a quarter of a second to five seconds. Where the store can't save, calls go on with the new tokens all the same: they are
 * in memory then, until the next refresh tries to save.
 *
 * @example
 * ```ts
 * const auth = refreshableToken({
 *   refresh: async ({ refreshToken, signal }) => {
 *     const response = await fetch("/oauth/token", { method: "POST", body: JSON.stringify({ refreshToken }), signal });
 *     return await response.json(); // { accessToken, refreshToken, expiresAt }
 *   },
 *   store: webStorageStore(localStorage, "acme.tokens"),
 * });
 * const client = new VydonClient({ baseUrl, auth });
 * ```
 */
export function refreshableToken(options: RefreshableTokenOptions): RefreshableToken {
  return new Source(options);
}

/** Tokens with what is known of their time. */
interface Held extends StoredTokens {
  /** In milliseconds since the Unix epoch; Infinity where nothing says it. */
  readonly endsAt: number;
  readonly advisoryMs: number;
  readonly mandatoryMs: number;
}

// All of its state is private, so that no log shows a token.
class Source implements RefreshableToken {
  readonly #options: RefreshableTokenOptions;
  readonly #initial: StoredTokens | undefined;
  readonly #clock: Clock;
  readonly #lock: TokenLock;
  #held: Held | undefined;
  /** The access token that a server has refused. */
  #refused: string | undefined;
  /** The access token last seen in the store: where there is another now, somebody else has refreshed. */
  #seen: string | undefined;
  #opening: Promise<void> | undefined;
  #renewal: Promise<void> | undefined;
  /** Ends the renewal under way. */
  #turn = new AbortController();
  /** The end of the last save, so that an older pair is never written over a newer one. */
  #saved: Promise<void> = Promise.resolve();
  #failures = 0;
  #retryAt = 0;

  constructor(options: RefreshableTokenOptions) {
    this.#options = options;
    this.#initial = options.initial && checked(options.initial, "`initial`");
    this.#clock = options.clock ?? systemClock;
    const { store, lock = store?.lock ?? (store && webLock("tenantry")) } = options;
    this.#lock = lock ?? ((critical) => critical());
  }

  token({ signal, rejected }: Parameters<TokenSource["token"]>[0]): Promise<string> {
    return within({ signal, clock: this.#clock }, () => this.#token(rejected));
  }

  async accept(tokens: Tokens): Promise<void> {
    const next = checked(tokens, "accept's argument");
    this.#opening = Promise.resolve();
    await this.#begin(async (signal) => {
      // That they can't be stored now is no reason to lose them.
      await this.#exclusive(signal, () => this.#save(next, signal)).catch(() => {});
      if (!signal.aborted) this.#hold(next, true);
    });
  }

  async #token(rejected: string | undefined): Promise<string> {
    this.#opening ??= this.#open().catch((cause) => {
      this.#opening = undefined;
      throw cause;
    });
    await this.#opening;
    if (rejected !== undefined && rejected === this.#held?.accessToken) this.#refused = rejected;
    const renew = () => this.#renewal ?? this.#begin((signal) => this.#renew(signal));
    const need = this.#need();
    if (need === "now") await renew();
    else if (need === "soon" && this.#clock.now() >= this.#retryAt) renew().catch(() => {});
    return this.#held?.accessToken ?? "";
  }

  /** How soon the token held needs a successor. */
  #need(): "now" | "soon" | "not" {
    const held = this.#held;
    if (!held || held.accessToken === this.#refused) return "now";
    const leftMs = held.endsAt - this.#clock.now();
    if (leftMs <= held.mandatoryMs) return "now";
    return leftMs <= held.advisoryMs ? "soon" : "not";
  }

  async #open(): Promise<void> {
    const { signal } = this.#turn;
    const given = this.#initial;
    const stored = await this.#bounded(signal, () => this.#load());
    const found = given && stored && endOf(given) > endOf(stored) ? given : (stored ?? given);
    if (found && !signal.aborted) this.#hold(found, false);
  }

  /** Starts a renewal in place of the one under way: who waits for that one then waits for this one. */
  #begin(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#turn.abort();
    const turn = new AbortController();
    this.#turn = turn;
    const renewal = work(turn.signal)
      .catch((cause) => {
        if (this.#turn === turn) throw cause;
      })
      .then(() => (this.#turn === turn ? undefined : this.#renewal))
      .finally(() => {
        if (this.#turn === turn) this.#renewal = undefined;
      });
    this.#renewal = renewal;
    return renewal;
  }

  async #renew(signal: AbortSignal): Promise<void> {
    const got: { next?: StoredTokens } = {};
    try {
      const waitMs = this.#retryAt - this.#clock.now();
      if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
      await this.#exclusive(signal, async (bounded) => {
        if (await this.#isRefreshedByOthers(bounded)) return;
        got.next = await this.#refresh(bounded);
        await this.#save(got.next, bounded);
      });
    } catch (cause) {
      if (signal.aborted) return;
      if (!got.next) {
        this.#retryAt = this.#clock.now() + Math.min(5_000, 250 * 2 ** this.#failures++);
        const { accessToken = "", refreshToken = "" } = this.#held ?? {};
        throw copyCause(cause, [accessToken, refreshToken].filter(Boolean));
      }
    }
    if (got.next && !signal.aborted) this.#hold(got.next, true);
  }

  async #isRefreshedByOthers(signal: AbortSignal): Promise<boolean> {
    const before = this.#seen;
    const stored = await this.#load();
    signal.throwIfAborted();
    if (!stored || stored.accessToken === before) return false;
    this.#hold(stored, false);
    return this.#need() !== "now";
  }

  async #refresh(signal: AbortSignal): Promise<StoredTokens> {
    const { accessToken, refreshToken } = this.#held ?? {};
    const answer = await this.#options.refresh({ accessToken, refreshToken, signal });
    signal.throwIfAborted();
    return { ...(refreshToken && { refreshToken }), ...checked(answer, "the answer of `refresh`") };
  }

  #hold(tokens: StoredTokens, isNew: boolean): void {
    const { advisoryMs = 120_000, mandatoryMs = 30_000 } = this.#options;
    const endsAt = endOf(tokens);
    const lifeMs = isNew ? endsAt - this.#clock.now() : Infinity;
    // A token that lives shorter than a window would be refreshed at each call; one that is over when it comes shows that the
    // clocks disagree, and is used until a server refuses it.
    const fitted = (windowMs: number) => (windowMs < lifeMs ? windowMs : lifeMs / 2);
    this.#held = {
      ...tokens,
      endsAt: lifeMs > 0 ? endsAt : Infinity,
      advisoryMs: fitted(advisoryMs),
      mandatoryMs: fitted(mandatoryMs),
    };
    this.#refused = undefined;
    this.#failures = 0;
    this.#retryAt = 0;
  }

  async #load(): Promise<StoredTokens | undefined> {
    const stored = toStored(await this.#options.store?.load());
    this.#seen = stored?.accessToken;
    return stored;
  }

  #save(tokens: StoredTokens, signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const saved = this.#saved.then(async () => {
      signal.throwIfAborted();
      await store?.save(tokens);
      this.#seen = tokens.accessToken;
    });
    this.#saved = saved.catch(() => {});
    return saved;
  }

  /** Alone among all who use the store, and in bounded time, so that the lock is always given back. */
  #exclusive(signal: AbortSignal, critical: (signal: AbortSignal) => Promise<void>): Promise<void> {
    return this.#bounded(signal, (bounded) =>
      this.#lock(() => within({ signal: bounded, clock: this.#clock }, critical), bounded),
    );
  }

  #bounded<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return within({ signal, timeoutMs: this.#options.timeoutMs ?? 30_000, clock: this.#clock }, work);
  }
}

function checked(tokens: Tokens, what: string): StoredTokens {
  const stored = toStored(tokens);
  if (!stored) throw new InvalidArgumentError(`${what} holds no accessToken`);
  return stored;
}

function endOf({ accessToken, expiresAt }: StoredTokens): number {
  return expiresAt ?? jwtExpiry(accessToken) ?? Infinity;
}
