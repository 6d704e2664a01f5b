import type { Clock } from "../core/call/clock.js";
import { newId } from "../core/tokens/new-id.js";
import type { TokenLock } from "../core/tokens/stores/token-lock.js";
import type { RedisClient } from "./redis-client.js";

/** How long to wait before another look, in milliseconds: from one to two times as long, so that waiters don't come at once. */
const lookAgainMs = 50;

const take = "return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0";
const extend =
  "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0";
const release = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0";

/**
 * A lock over all machines that use the same Redis. The key holds its owner's mark, so only the owner extends and releases it.
 *
 * @param lockMs - the lock of a process that gives no sign of life for so long is free again.
 */
export function redisLock(client: RedisClient, key: string, clock: Clock, lockMs: number): TokenLock {
  const run = (script: string, ...args: string[]) => client.eval(script, { keys: [key], arguments: args });
  return async (critical, signal) => {
    const owner = newId();
    while (Number(await run(take, owner, String(lockMs))) !== 1) {
      await clock.sleep(lookAgainMs * (1 + Math.random()), signal);
    }
    const stopExtending = every(clock, lockMs / 3, () => {
      // Redis may be away for a moment. The compare-and-swap of the store does not depend on the lock.
      run(extend, owner, String(lockMs)).catch(() => {});
    });
    try {
      signal.throwIfAborted();
      return await critical();
    } finally {
      stopExtending();
      await run(release, owner).catch(() => {});
    }
  };
}

function every(clock: Clock, ms: number, work: () => void): () => void {
  let cancel = clock.setTimeout(again, ms);
  function again(): void {
    work();
    cancel = clock.setTimeout(again, ms);
  }
  return () => cancel();
}
