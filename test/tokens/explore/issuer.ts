import type { Tokens } from "tenantry";

/** How a token server treats a refresh token that was used before. */
export type Reuse = "refuse" | "revoke" | "lenient" | "not rotated";

/**
 * A token server. The tokens tell what they are: `3.a2` and `3.r2` are the second pair of the third sign-in. The first number
 * tells which of two sign-ins is newer.
 */
export class TokenServer {
  readonly reuse: Reuse;
  readonly #now: () => number;
  readonly #lifeMs: number;
  /** Whether `refresh` without a refresh token signs in. */
  readonly #grantsFirst: boolean;
  readonly #used = new Set<string>();
  readonly #revoked = new Set<number>();
  /** How many pairs each sign-in has had. */
  readonly #pairs: number[] = [];

  constructor(now: () => number, options: { reuse: Reuse; lifeMs: number; grantsFirst: boolean }) {
    this.#now = now;
    this.reuse = options.reuse;
    this.#lifeMs = options.lifeMs;
    this.#grantsFirst = options.grantsFirst;
  }

  signIn(): Tokens {
    this.#pairs.push(0);
    return this.#issue(this.#pairs.length - 1);
  }

  /** The number of the newest pair of a sign-in. */
  newest(signIn: number): number {
    return this.#pairs[signIn] ?? 0;
  }

  refresh(refreshToken: string | undefined): Tokens {
    if (refreshToken === undefined) {
      if (this.#grantsFirst) return this.signIn();
      throw new Error("invalid_request");
    }
    const signIn = signInOf(refreshToken);
    const isReused = this.#used.has(refreshToken);
    if (isReused && this.reuse === "revoke") this.#revoked.add(signIn);
    if ((isReused && this.reuse !== "lenient") || this.#revoked.has(signIn)) throw new Error("invalid_grant");
    if (this.reuse === "not rotated") {
      const { refreshToken: _, ...tokens } = this.#issue(signIn);
      return tokens;
    }
    this.#used.add(refreshToken);
    return this.#issue(signIn);
  }

  #issue(signIn: number): Tokens {
    const pair = this.newest(signIn) + 1;
    this.#pairs[signIn] = pair;
    const expiresAt = this.#now() + this.#lifeMs;
    return { accessToken: `${signIn}.a${pair}`, refreshToken: `${signIn}.r${pair}`, expiresAt };
  }
}

/** Returns the number of a token's sign-in. */
export function signInOf(token: string): number {
  return Number.parseInt(token, 10);
}

/** Returns the number of a token's pair. */
export function pairOf(token: string): number {
  return Number(token.replace(/^.*[ar]/, ""));
}
