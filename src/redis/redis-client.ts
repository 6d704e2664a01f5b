/**
 * The part of a client that `redisStore` uses. A client of node-redis (the package `redis`, 5 or 6) has it. For ioredis:
 *
 * ```ts
 * const client: RedisClient = {
 *   eval: (script, { keys, arguments: args }) => ioredis.eval(script, keys.length, ...keys, ...args),
 * };
 * ```
 */
export interface RedisClient {
  /** Runs a Lua script (`EVAL`). */
  eval(
    script: string,
    options: {
      /** The script's `KEYS`. */
      keys: string[];
      /** The script's `ARGV`. */
      arguments: string[];
    },
  ): Promise<unknown>;
}
