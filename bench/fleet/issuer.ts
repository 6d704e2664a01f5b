/**
 * What an issuer does with a refresh token that was used before: refuse it, accept it for some time, or treat it as stolen and
 * revoke all tokens of its family.
 */
export type Reuse = "refuse" | { readonly graceMs: number } | "revoke-family";

/** What a token endpoint returns. */
export interface Issued {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** All tokens that come from one sign-in. */
interface Family {
  isRevoked: boolean;
}

interface RefreshToken {
  readonly family: Family;
  usedAt: number | undefined;
  uses: number;
}

/** An issuer of single-use refresh tokens, without HTTP. */
export class Issuer {
  readonly #now: () => number;
  readonly #lifeMs: number;
  readonly #reuse: Reuse;
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #accessTokens = new Map<string, { readonly family: Family; readonly expiresAt: number }>();
  #count = 0;

  /**
   * @param now - returns the time, in milliseconds since 1970.
   * @param options.lifeMs - how long an access token is valid, in milliseconds.
   */
  constructor(now: () => number, options: { lifeMs: number; reuse: Reuse }) {
    this.#now = now;
    this.#lifeMs = options.lifeMs;
    this.#reuse = options.reuse;
  }

  /** Issues the first tokens of a new family. */
  signIn(): Issued {
    return this.#issue({ isRevoked: false });
  }

  /** Rotates a refresh token. Returns undefined for `invalid_grant`. */
  refresh(refreshToken: string): Issued | undefined {
    const token = this.#refreshTokens.get(refreshToken);
    if (!token) return undefined;
    token.uses++;
    const isFirst = token.usedAt === undefined;
    token.usedAt ??= this.#now();
    if (!isFirst && this.#reuse === "revoke-family") token.family.isRevoked = true;
    const isInGrace = typeof this.#reuse === "object" && this.#now() - token.usedAt <= this.#reuse.graceMs;
    if (token.family.isRevoked || !(isFirst || isInGrace)) return undefined;
    return this.#issue(token.family);
  }

  /** Whether an access token is valid. */
  accepts(accessToken: string): boolean {
    const token = this.#accessTokens.get(accessToken);
    return token !== undefined && !token.family.isRevoked && token.expiresAt > this.#now();
  }

  /** How often a refresh token was sent. */
  uses(refreshToken: string): number {
    return this.#refreshTokens.get(refreshToken)?.uses ?? 0;
  }

  /** How many refresh tokens were used, and those that were sent more than once. */
  get report(): { readonly used: number; readonly reused: readonly string[] } {
    const used = [...this.#refreshTokens].filter(([, { uses }]) => uses > 0);
    return { used: used.length, reused: used.filter(([, { uses }]) => uses > 1).map(([token]) => token) };
  }

  #issue(family: Family): Issued {
    const number = ++this.#count;
    const issued = {
      accessToken: `access-${number}-${process.pid}`,
      refreshToken: `refresh-${number}-${process.pid}`,
      expiresAt: this.#now() + this.#lifeMs,
    };
    this.#refreshTokens.set(issued.refreshToken, { family, usedAt: undefined, uses: 0 });
    this.#accessTokens.set(issued.accessToken, { family, expiresAt: issued.expiresAt });
    return issued;
  }
}
