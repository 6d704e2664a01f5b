import { webLocks } from "./token-lock.js";

/** The number of each save, known to all tabs at once. */
export interface SharedSequence {
  /** The newest number that a tab still open has announced. 0 for none. */
  newest(): Promise<number>;
  /**
   * Resolves when all tabs can see the number, to a function that must be called with whether the save was made. Resolves to
   * undefined if another tab has announced the same number, or a newer one.
   */
  announce(number: number): Promise<((isSaved: boolean) => void) | undefined>;
}

/**
 * Browsers copy `localStorage` from process to process with a delay, so a tab may have the lock before it sees what the last
 * tab has written. But all tabs see at once which locks are held. So each save has a number, and the tab that saves holds a
 * lock that is named after it, until it has made its next save. Nobody waits for such a lock.
 *
 * @returns undefined on a platform without Web Locks.
 */
export function sharedSequence(prefix: string): SharedSequence | undefined {
  const locks = webLocks();
  /** Releases the lock of the last save. */
  let release = () => {};
  return (
    locks && {
      async newest() {
        const { held = [] } = await locks.query();
        const names = held.map((lock) => lock.name ?? "").filter((name) => name.startsWith(prefix));
        // Other code may hold locks whose names begin alike.
        return Math.max(0, ...names.map((name) => Number(name.slice(prefix.length)) || 0));
      },
      async announce(number) {
        const end = await new Promise<(() => void) | undefined>((resolve, reject) => {
          const hold = (lock: Lock | null) =>
            lock ? new Promise<void>((done) => resolve(done)) : resolve(undefined);
          locks.request(`${prefix}${number}`, { ifAvailable: true }, hold).catch(reject);
        });
        if (!end) return undefined;
        // A tab that was frozen may come with a number whose lock has been released since.
        if ((await this.newest()) > number) return void end();
        return (isSaved) => {
          if (!isSaved) return end();
          release();
          release = end;
        };
      },
    }
  );
}
