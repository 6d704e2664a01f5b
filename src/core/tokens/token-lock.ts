/**
 * Runs `critical` while nobody else who uses the same store does: no other tab, no other process. It gives up waiting when
 * the signal aborts; `critical` ends by itself then.
 */
export type TokenLock = <T>(critical: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** A lock over all tabs of an origin (Web Locks); nothing where the platform has none, or not here (plain http). */
export function webLock(name: string): TokenLock | undefined {
  const locks = webLocks();
  return locks && (async (critical, signal) => await locks.request(name, { signal }, critical));
}

/** The platform's Web Locks, where it has them. */
export function webLocks(): LockManager | undefined {
  return globalThis.navigator?.locks;
}
