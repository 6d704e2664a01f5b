import { jwtExpiry, jwtIssuedAt } from "../jwt.js";
import type { Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";

/** How soon a token must be replaced: before the next call, in the background, or not yet. */
export type Need = "now" | "soon" | "not";

/** How long before its end a token is replaced, in milliseconds. */
export interface Windows {
  readonly advisoryMs: number;
  readonly mandatoryMs: number;
}

/** Two clocks that differ by less count as the same. */
const toleranceMs = 60_000;

/**
 * What tokens show that have just been issued: how long they live, and whether the server's clock and ours agree.
 *
 * @param now - in milliseconds since the Unix epoch, by our clock.
 */
export function learn(tokens: StoredTokens, now: number): Pick<Stored, "lifetimeMs" | "clockOffsetMs"> {
  const endsAt = endOf(tokens);
  if (endsAt === undefined) return {};
  const leftMs = endsAt - now;
  const issuedAt = jwtIssuedAt(tokens.accessToken);
  const saidMs = (jwtExpiry(tokens.accessToken) ?? 0) - (issuedAt ?? Infinity);
  if (leftMs > 0 && !(saidMs > 0 && leftMs > saidMs + toleranceMs)) return { lifetimeMs: leftMs };
  // The token has expired when it comes, or lives longer than it says: the clocks disagree.
  return saidMs > 0 ? { lifetimeMs: saidMs, clockOffsetMs: leftMs - saidMs } : { clockOffsetMs: leftMs };
}

/** When tokens expire, in milliseconds since the Unix epoch by the clock of their server. Undefined if they do not say. */
export function endOf({ accessToken, expiresAt }: StoredTokens): number | undefined {
  return expiresAt ?? jwtExpiry(accessToken);
}

/** When tokens end by our clock, in milliseconds since the Unix epoch. Infinity if it is not known. */
export function localEndOf({ tokens, lifetimeMs, clockOffsetMs }: LifeOfStored): number {
  // An offset without a life: a server's clock that is far behind. The token is used until a server refuses it.
  if (clockOffsetMs !== undefined && lifetimeMs === undefined) return Infinity;
  return (endOf(tokens) ?? Infinity) - (clockOffsetMs ?? 0);
}

type LifeOfStored = Pick<Stored, "tokens" | "lifetimeMs" | "clockOffsetMs">;

/**
 * How soon a token with so much time left must be replaced. The windows shrink for a token that lives for a shorter time:
 * otherwise it would be refreshed at each call.
 */
export function needOf(leftMs: number, lifetimeMs: number | undefined, windows: Windows): Need {
  const life = lifetimeMs ?? Infinity;
  if (leftMs <= Math.min(windows.mandatoryMs, life / 4)) return "now";
  return leftMs <= Math.min(windows.advisoryMs, life / 2) ? "soon" : "not";
}
