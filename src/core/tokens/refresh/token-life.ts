import { jwtExpiry, jwtIssuedAt } from "../jwt.js";
import type { Stored } from "../stores/token-store.js";
import type { StoredTokens } from "../tokens.js";

/** When a token must be refreshed: before the next call uses it, in the background, or not yet. */
export type RefreshNeed = "now" | "soon" | "not";

/** How long before its expiry a token is refreshed, in milliseconds. */
export interface RefreshWindows {
  readonly advisoryMs: number;
  readonly mandatoryMs: number;
}

/** A smaller difference between two clocks is ignored. */
const toleranceMs = 60_000;

/**
 * Measures the life of tokens that were just issued, and how far the server's clock is ahead of ours. Both can only be seen at
 * that moment.
 *
 * @param now - in milliseconds since 1970, by our clock.
 */
export function measureLife(tokens: StoredTokens, now: number): Pick<Stored, "lifetimeMs" | "clockOffsetMs"> {
  const expiresAt = expiryOf(tokens);
  if (expiresAt === undefined) return {};
  const leftMs = expiresAt - now;
  const issuedAt = jwtIssuedAt(tokens.accessToken);
  const claimedMs = (jwtExpiry(tokens.accessToken) ?? 0) - (issuedAt ?? Infinity);
  if (leftMs > 0 && !(claimedMs > 0 && leftMs > claimedMs + toleranceMs)) return { lifetimeMs: leftMs };
  // The token has expired when it arrives, or lives longer than its claims state: the clocks disagree.
  return claimedMs > 0
    ? { lifetimeMs: claimedMs, clockOffsetMs: leftMs - claimedMs }
    : { clockOffsetMs: leftMs };
}

/**
 * Returns when tokens expire, in milliseconds since 1970 by the clock of their server. Undefined if that is not
 * known.
 */
export function expiryOf({ accessToken, expiresAt }: StoredTokens): number | undefined {
  return expiresAt ?? jwtExpiry(accessToken);
}

/** Returns when tokens expire by our clock, in milliseconds since 1970. Infinity if that is not known. */
export function localExpiryOf({
  tokens,
  lifetimeMs,
  clockOffsetMs,
}: Pick<Stored, "tokens" | "lifetimeMs" | "clockOffsetMs">): number {
  // An offset without a lifetime means that the server's clock is far behind. The token is used until a server refuses
  // it.
  if (clockOffsetMs !== undefined && lifetimeMs === undefined) return Infinity;
  return (expiryOf(tokens) ?? Infinity) - (clockOffsetMs ?? 0);
}

/**
 * Returns when a token with `leftMs` milliseconds left must be refreshed. The windows shrink for a token with a short life.
 * Otherwise, each call would refresh it.
 */
export function refreshNeed(
  leftMs: number,
  lifetimeMs: number | undefined,
  windows: RefreshWindows,
): RefreshNeed {
  const life = lifetimeMs ?? Infinity;
  if (leftMs <= Math.min(windows.mandatoryMs, life / 4)) return "now";
  return leftMs <= Math.min(windows.advisoryMs, life / 2) ? "soon" : "not";
}
