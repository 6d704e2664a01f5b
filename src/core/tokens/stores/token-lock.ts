import { type Clock, every, systemClock } from "../../call/clock.js";

/**
 * Runs `critical`. No other tab or process that uses the same store runs its own `critical` at the same time. The signal ends
 * the wait for the lock, but not `critical`.
 */
export type TokenLock = <T>(critical: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** The time between two checks which tab holds the lock, in milliseconds. A tab that holds it at two checks is frozen. */
const checkEveryMs = 7_500;

/**
 * Returns a lock over all tabs of an origin (Web Locks). Returns undefined if the platform has no Web Locks, or if this
 * page has none because it is on plain http. A tab that holds the lock for 15 s while others wait loses it.
 */
export function webLock(name: string, clock: Clock = systemClock): TokenLock | undefined {
  const locks = webLocks();
  return locks && lockOf(locks, name, clock);
}

/** Returns the platform's Web Locks. Returns undefined if it has none. */
export function webLocks(): LockManager | undefined {
  return globalThis.navigator?.locks;
}

function lockOf(locks: LockManager, name: string, clock: Clock): TokenLock {
  return async (critical, signal) => {
    let run: ReturnType<typeof critical> | undefined;
    const enter = () => {
      run ??= critical();
      return run;
    };
    const stopChecks = releaseFrozen(locks, name, clock);
    try {
      await locks.request(name, { signal }, () => {
        stopChecks();
        return enter();
      });
    } catch (reason) {
      // If the lock is stolen, its holder's request fails, in some browsers before the callback is called. The holder
      // continues. A tab also continues if its browser forbids locks.
      if (!run && signal.aborted) throw reason;
    } finally {
      stopChecks();
    }
    return enter();
  };
}

/** Releases the lock of a frozen tab, so that a waiting tab gets it. Returns a function that stops the checks. */
function releaseFrozen(locks: LockManager, name: string, clock: Clock): () => void {
  const controller = new AbortController();
  // One tab checks at a time. Otherwise, each waiting tab would steal the lock from the previous one.
  const checkLock = lockOf(locks, `${name}:check`, clock);
  let holder: string | undefined;
  const check = async () => {
    const { held = [] } = await locks.query();
    const found = held.find((lock) => lock.name === name)?.clientId;
    if (found !== undefined && found === holder) await locks.request(name, { steal: true }, () => {});
    holder = found;
  };
  const stopChecks = every(clock, checkEveryMs, () => {
    checkLock(check, controller.signal).catch(() => {});
  });
  return () => {
    stopChecks();
    controller.abort();
  };
}
