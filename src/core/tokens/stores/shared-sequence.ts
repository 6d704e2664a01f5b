import { webLocks } from "./token-lock.js";

/** The numbers of saves. All tabs see a new number at once. */
export interface SharedSequence {
  /** Resolves to the newest number that an open tab has announced; 0 if there is none. */
  newest(): Promise<number>;
  /**
   * Announces the number of a save. Resolves when all tabs can see it.
   *
   * @returns a function to call after the save, with true if the save was made. Undefined if another tab has announced the
   * same number, or a newer one.
   */
  announce(number: number): Promise<((isSaved: boolean) => void) | undefined>;
}

/**
 * Browsers copy `localStorage` from process to process with a delay, so a tab may have the lock before it sees what the last
 * tab has written. But all tabs see at once which locks are held. So each save has a number, and the tab that saves holds a
 * lock that is named after it, until it has made its next save. No tab waits for such a lock.
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
        // Other code may hold locks with the same prefix.
        const numberIn = (name = "") => (name.startsWith(prefix) && Number(name.slice(prefix.length))) || 0;
        return Math.max(0, ...held.map(({ name }) => numberIn(name)));
      },
      announce(number) {
        return new Promise((resolve, reject) => {
          const hold = async (lock: Lock | null) => {
            // A tab that was frozen may announce an old number: the number's lock may have been released in the
            // meantime.
            if (!lock || (await this.newest()) > number) return resolve(undefined);
            await new Promise<void>((end) => {
              resolve((isSaved) => {
                if (!isSaved) return end();
                release();
                release = end;
              });
            });
          };
          locks.request(`${prefix}${number}`, { ifAvailable: true }, hold).catch(reject);
        });
      },
    }
  );
}
