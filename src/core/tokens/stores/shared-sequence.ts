import { webLocks } from "./token-lock.js";

/** The number of each save, known to all tabs at once. */
export interface SharedSequence {
  /** The newest number that a tab still open has announced. 0 for none. */
  newest(): Promise<number>;
  /** Resolves when all tabs can see the number. */
  announce(number: number): Promise<void>;
  /** Takes back what was announced last. */
  withdraw(): void;
}

/**
 * Browsers copy `localStorage` from process to process with a delay, so a tab may have the lock before it sees what the last
 * tab has written. But all tabs see at once which locks are held. So each save has a number, and the tab that saves holds a
 * lock that is named after it. Nobody waits for such a lock.
 *
 * @returns undefined on a platform without Web Locks.
 */
export function sharedSequence(prefix: string): SharedSequence | undefined {
  const locks = webLocks();
  let release = () => {};
  return (
    locks && {
      async newest() {
        const { held = [] } = await locks.query();
        const names = held.map((lock) => lock.name ?? "").filter((name) => name.startsWith(prefix));
        return Math.max(0, ...names.map((name) => Number(name.slice(prefix.length))));
      },
      announce(number) {
        return new Promise((resolve, reject) => {
          const hold = () => {
            release();
            resolve();
            return new Promise<void>((end) => {
              release = end;
            });
          };
          locks.request(`${prefix}${number}`, { mode: "shared" }, hold).catch(reject);
        });
      },
      withdraw: () => release(),
    }
  );
}
