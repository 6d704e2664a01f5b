import { type Clock, longestTimerMs, systemClock } from "../core/call/clock.js";
import { requiredText } from "../core/checks/arguments.js";
import { checkOptions, clock as clockCheck, count, withMethods } from "../core/checks/check-options.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { parseStored, type TokenStore } from "../core/tokens/stores/token-store.js";
import type { RedisClient } from "./redis-client.js";
import { redisLock } from "./redis-lock.js";

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** How long the lock stays valid if its holder does not renew it, in whole milliseconds, at least 1. Default 10 000. */
  readonly lockMs?: number | undefined;
  /** The clock, for tests. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

const get = "return redis.call('GET', KEYS[1])";
// Some clients send a script again after a lost connection. If the script ran before, the store has the new content.
const replace = `
local found = redis.call('GET', KEYS[1]) or ''
if found == ARGV[2] then return 1 end
if found ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;
const remove = "return redis.call('DEL', KEYS[1])";

/**
 * Keeps tokens in Redis, under `key`, so that processes on many machines share one sign-in and use each refresh token once.
 * The lock is `KEY:lock`. The caller connects the client, handles its errors, and closes it.
 *
 * Redis should keep its data across a restart, because an empty Redis counts as a sign-out.
 *
 * @param client - a client of the package `redis`, or a small adapter: see {@link RedisClient}.
 * @param key - the key of the tokens. Use one key for each sign-in.
 * @throws InvalidArgumentError if an argument or an option is wrong.
 *
 * @example
 * ```ts
 * const client = await createClient({ url: "redis://127.0.0.1:6379" }).on("error", console.error).connect();
 * const auth = refreshableToken({ refresh, store: redisStore(client, "acme:tokens"), followSignIns: true });
 * ```
 */
export function redisStore(client: RedisClient, key: string, options: RedisStoreOptions = {}): TokenStore {
  const of = "redisStore";
  withMethods("eval")(client, "client", of);
  // Redis refuses what its `eval` makes of these arguments, and does not name the reason.
  if ("defineCommand" in client)
    throw invalidArgument("client", "must be wrapped if it is an ioredis client: see `RedisClient`");
  requiredText(key, "key");
  checkOptions(options, { lockMs: count(1, longestTimerMs), clock: clockCheck }, of);
  const { clock = systemClock, lockMs = 10_000 } = options;
  const run = (script: string, ...args: string[]) => client.eval(script, { keys: [key], arguments: args });
  const read = async () => {
    const text = await run(get);
    // A client may map strings to Buffers.
    return text == null ? "" : String(text);
  };
  return {
    name: `redisStore ${JSON.stringify(key)}`,
    load: async () => parseStored(await read()),
    async save(next, expectedRevision) {
      const current = await read();
      if (parseStored(current)?.revision !== expectedRevision) return false;
      return Number(await run(replace, current, JSON.stringify(next))) === 1;
    },
    async clear() {
      await run(remove);
    },
    lock: redisLock(client, `${key}:lock`, clock, lockMs),
  };
}
