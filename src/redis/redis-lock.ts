import { type Clock, every } from "../core/call/clock.js";
import { newId } from "../core/tokens/new-id.js";
import type { TokenLock } from "../core/tokens/stores/token-lock.js";
import type { RedisClient } from "./redis-client.js";

/** The shortest wait before the next try, in milliseconds. The wait is up to twice as long, so that not all waiting processes try at once. */
const lookAgainMs = 50;

// The owner may have the lock already, if the client has sent the script again after a lost connection.
const take =
  "return (redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) or redis.call('GET', KEYS[1]) == ARGV[1]) and 1 or 0";
const extend =
  "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0";
const release = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0";

/**
 * Returns a lock over all machines that use the same Redis. The key contains the id of its owner, so only the owner extends and
 * releases it.
 *
 * @param lockMs - how long the lock stays valid if its holder does not renew it, in milliseconds.
 */
export function redisLock(client: RedisClient, key: string, clock: Clock, lockMs: number): TokenLock {
  // Async, because a client may also throw at once.
  const run = async (script: string, ...args: string[]) =>
    client.eval(script, { keys: [key], arguments: args });
  return async (critical, signal) => {
    const owner = newId();
    const leave = () => run(release, owner).catch(() => {});
    try {
      while (Number(await run(take, owner, String(lockMs))) !== 1) {
        await clock.sleep(lookAgainMs * (1 + Math.random()), signal);
      }
    } catch (reason) {
      // The script may have run although its response was lost. In that case, no process must wait for this lock.
      leave();
      throw reason;
    }
    const stopExtending = every(clock, lockMs / 3, () => {
      // Redis may be unavailable for a moment. The compare-and-swap of the store does not depend on the lock.
      run(extend, owner, String(lockMs)).catch(() => {});
    });
    try {
      signal.throwIfAborted();
      return await critical();
    } finally {
      stopExtending();
      await leave();
    }
  };
}
