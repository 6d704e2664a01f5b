/**
 * The token store in Redis, for processes on many machines that share one sign-in.
 *
 * @packageDocumentation
 */
export type { RedisClient } from "./redis-client.js";
export { type RedisStoreOptions, redisStore } from "./redis-store.js";
