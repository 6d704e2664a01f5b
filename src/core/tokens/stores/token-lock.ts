import { type Clock, systemClock } from "../../call/clock.js";

/**
 * Runs `critical` while nobody else who uses the same store does: no other tab, no other process. The signal ends the wait
 * for the lock, but not `critical`.
 */
export type TokenLock = <T>(critical: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** After so many milliseconds, the tab that holds a lock counts as frozen, or as gone without the browser noticing. */
const stealAfterMs = 15_000;

/**
 * A lock over all tabs of an origin (Web Locks). Undefined if the platform has none, or not here (plain http). A lock that is
 * not released is taken over.
 */
export function webLock(name: string, clock: Clock = systemClock): TokenLock | undefined {
  const locks = webLocks();
  return (
    locks &&
    (async (critical, signal) => {
      let run: ReturnType<typeof critical> | undefined;
      const enter = () => {
        // A lock that was stolen may still be handed over, after the wait has ended.
        run ??= signal.aborted ? Promise.reject(signal.reason) : critical();
        return run;
      };
      const patience = new AbortController();
      const leave = () => patience.abort(signal.reason);
      signal.addEventListener("abort", leave);
      if (signal.aborted) leave();
      const cancel = clock.setTimeout(leave, stealAfterMs);
      try {
        await locks.request(name, { signal: patience.signal }, () => {
          cancel();
          return enter();
        });
      } catch (reason) {
        // Whoever steals a lock makes the request of its holder fail, perhaps before it knows that it has the lock. The
        // holder's work goes on.
        if (!run && !signal.aborted) await locks.request(name, { steal: true }, enter).catch(() => {});
        if (!run) throw reason;
      } finally {
        cancel();
        signal.removeEventListener("abort", leave);
      }
      return enter();
    })
  );
}

/** The platform's Web Locks. Undefined if it has none. */
export function webLocks(): LockManager | undefined {
  return globalThis.navigator?.locks;
}
