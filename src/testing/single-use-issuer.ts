import type { Tokens } from "../core/tokens/tokens.js";

/** A token endpoint in memory. Each refresh token can be used once. A second use revokes all tokens of the family. */
export class SingleUseIssuer {
  /** How often each refresh token was used. */
  readonly uses = new Map<string, number>();
  readonly #now: () => number;
  readonly #lifeMs: number;
  /** Whether a used token can be used again, as servers with a grace period allow. */
  readonly #isLenient: boolean;
  #count = 0;
  #isRevoked = false;

  /** `now` returns the time, and `lifeMs` is how long an access token is valid, both in milliseconds. */
  constructor(now: () => number, options: { lifeMs: number; isLenient?: boolean }) {
    this.#now = now;
    this.#lifeMs = options.lifeMs;
    this.#isLenient = options.isLenient ?? false;
  }

  /** The access token that was issued last. */
  get newest(): string {
    return `access-${this.#count}`;
  }

  /** How often the refresh token with the most uses was used. */
  get mostUses(): number {
    return Math.max(0, ...this.uses.values());
  }

  /** Issues tokens for a sign-in. */
  signIn(): Tokens {
    this.#isRevoked = false;
    return this.#issue();
  }

  /** Exchanges a refresh token for new tokens. @throws Error `invalid_grant` if it was used before. */
  refresh(refreshToken: string | undefined): Tokens {
    const token = refreshToken ?? "";
    const uses = (this.uses.get(token) ?? 0) + 1;
    this.uses.set(token, uses);
    if (uses > 1 && !this.#isLenient) this.#isRevoked = true;
    if (this.#isRevoked) throw new Error("invalid_grant: the refresh token was used before");
    return this.#issue();
  }

  #issue(): Tokens {
    this.#count++;
    return {
      accessToken: this.newest,
      refreshToken: `refresh-${this.#count}`,
      expiresAt: this.#now() + this.#lifeMs,
    };
  }
}
