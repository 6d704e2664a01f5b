import { Redis } from "ioredis";
import { createClient, RESP_TYPES } from "redis";
import { refreshableToken } from "tenantry";
import { type RedisClient, redisStore } from "tenantry/redis";
import { storeConformance } from "tenantry/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../src/core/call/clock.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { settled } from "../support/promises.js";
import { coarse } from "./support/coarse-clock.js";
import { hasRedis, startRedis } from "./support/redis-server.js";

const stored = {
  v: 1,
  tokens: { accessToken: "access-1" },
  revision: "1",
  sessionId: "session-1",
} as const;

/** Makes a client of ioredis one for `redisStore`. */
function adapted(redis: Redis): RedisClient {
  return { eval: (script, { keys, arguments: args }) => redis.eval(script, keys.length, ...keys, ...args) };
}

// Skipped without a redis-server; .ci/run installs one.
describe.skipIf(!hasRedis)("redisStore", () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let client: ReturnType<typeof createClient>;
  let ioredis: Redis;
  let places = 0;

  beforeAll(async () => {
    server = await startRedis();
    client = createClient({ url: server.url });
    await client.connect();
    ioredis = new Redis(server.port);
  });
  afterAll(async () => {
    client.destroy();
    ioredis.disconnect();
    await server.close();
  });

  describe("on node-redis", () => {
    const checks = storeConformance(() => {
      const key = `tokens-${++places}`;
      return {
        open: (clock) => redisStore(client, key, { clock: coarse(clock) }),
        corrupt: async (text) => void (await client.set(key, text)),
      };
    });
    it.each(checks)("$name", ({ run }) => run());
  });

  describe("on ioredis with a small adapter", () => {
    const checks = storeConformance(() => {
      const key = `tokens-${++places}`;
      return {
        open: (clock) => redisStore(adapted(ioredis), key, { clock: coarse(clock) }),
        corrupt: async (text) => void (await ioredis.set(key, text)),
      };
    });
    it.each(checks.filter(({ name }) => !name.includes("stalls")))("$name", ({ run }) => run());
  });

  it("releases only its own lock", async () => {
    const { lock } = redisStore(client, "owned");
    await lock?.(async () => {
      // It has expired, and another process has taken it.
      await client.set("owned:lock", "another");
    }, new AbortController().signal);
    expect(await client.get("owned:lock")).toBe("another");
  });

  it("takes its lock for ten seconds", async () => {
    const redisTime = async () => {
      const [seconds, microseconds] = await client.time();
      return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
    };
    const before = await redisTime();
    await redisStore(client, "ten-seconds").lock?.(async () => {
      const expiresAt = await client.pExpireTime("ten-seconds:lock");
      expect(expiresAt - 10_000).toBeGreaterThanOrEqual(before);
      expect(expiresAt - 10_000).toBeLessThanOrEqual(await redisTime());
    }, new AbortController().signal);
  });

  it("renews its lock for as long as it holds it", async () => {
    const clock = new VirtualClock();
    const { lock } = redisStore(client, "renewed", { clock, lockMs: 900_000 });
    await lock?.(async () => {
      for (let times = 0; times < 2; times++) {
        await client.pExpire("renewed:lock", 200_000);
        clock.advance(300_000);
        expect(await client.pTTL("renewed:lock")).toBeGreaterThan(600_000);
      }
    }, new AbortController().signal);
    expect(clock.skip()).toBe(false);
  });

  it("does not renew the lock of another process, which has taken it over", async () => {
    const clock = new VirtualClock();
    const { lock } = redisStore(client, "lost-lock", { clock, lockMs: 900_000 });
    await lock?.(async () => {
      await client.set("lost-lock:lock", "another", { PX: 200_000 });
      clock.advance(300_000);
      expect(await client.pTTL("lost-lock:lock")).toBeLessThanOrEqual(200_000);
    }, new AbortController().signal);
  });

  it("waits between tries for a time that differs from process to process", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    await client.set("busy:lock", "another");
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      if (waits.push(ms) === 3) await client.del("busy:lock");
    };
    const { lock } = redisStore(client, "busy", { clock: { ...systemClock, sleep } });
    expect(await lock?.(async () => "in", new AbortController().signal)).toBe("in");
    expect(waits).toEqual([75, 75, 75]);
  });

  it("keeps running if its client throws at once while it is renewed", async () => {
    const clock = new VirtualClock();
    let isGone = false;
    const failing: RedisClient = {
      eval(script, options) {
        if (isGone) throw new Error("the client is closed");
        return client.eval(script, options);
      },
    };
    const { lock } = redisStore(failing, "closed", { clock, lockMs: 900_000 });
    const critical = async () => {
      isGone = true;
      clock.advance(300_000);
      await settled();
      return "refreshed";
    };
    expect(await lock?.(critical, new AbortController().signal)).toBe("refreshed");
  });

  it("gives the lock back if the signal aborts while it is taken, and waits for that", async () => {
    const controller = new AbortController();
    const slow: RedisClient = {
      async eval(script, options) {
        controller.abort(new Error("enough"));
        await settled();
        return client.eval(script, options);
      },
    };
    let runs = 0;
    const waiting = redisStore(slow, "aborted").lock?.(async () => ++runs, controller.signal);
    await expect(waiting).rejects.toThrow("enough");
    expect(runs).toBe(0);
    expect(await client.exists("aborted:lock")).toBe(0);
  });

  it("keeps tokens without an expiry, even if the key had one", async () => {
    const store = redisStore(client, "expiring");
    await store.save(stored, undefined);
    expect(await client.pTTL("expiring")).toBe(-1);
    await client.expire("expiring", 100);
    await store.save({ ...stored, revision: "2" }, "1");
    expect(await client.pTTL("expiring")).toBe(-1);
  });

  it("whose key has expired is empty, and takes a new sign-in", async () => {
    const store = redisStore(client, "expired");
    await store.save(stored, undefined);
    await client.pExpireAt("expired", 1);
    expect(await store.load()).toBeUndefined();
    expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(false);
    expect(await store.save({ ...stored, revision: "2" }, undefined)).toBe(true);
  });

  it("works with a client that returns numbers as strings", async () => {
    const strings = new Redis(server.port, { stringNumbers: true });
    const store = redisStore(adapted(strings), "strings");
    expect(await store.lock?.(() => store.save(stored, undefined), new AbortController().signal)).toBe(true);
    strings.disconnect();
  });

  it("leaves the client open, and writes nothing but the key and its lock", async () => {
    const store = redisStore(client, "only");
    await store.save(stored, undefined);
    await store.lock?.(async () => {}, new AbortController().signal);
    expect((await client.keys("only*")).sort()).toEqual(["only"]);
    await store.clear();
    expect(await client.keys("only*")).toEqual([]);
    expect(client.isOpen).toBe(true);
  });

  it("saves and locks once if the client sends each script twice, as after a lost connection", async () => {
    const twice: RedisClient = {
      async eval(script, options) {
        await client.eval(script, options);
        return client.eval(script, options);
      },
    };
    const store = redisStore(twice, "twice");
    expect(await store.save(stored, undefined)).toBe(true);
    expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(true);
    expect(await store.save({ ...stored, revision: "3" }, "1")).toBe(false);
    expect(await store.lock?.(async () => "in", new AbortController().signal)).toBe("in");
  });

  it("leaves no lock behind if the response is lost", async () => {
    let isLost = true;
    const losing: RedisClient = {
      async eval(script, options) {
        const result = await client.eval(script, options);
        if (!isLost) return result;
        isLost = false;
        throw new Error("Socket closed unexpectedly");
      },
    };
    const { lock } = redisStore(losing, "lost");
    const { signal } = new AbortController();
    await expect(lock?.(async () => {}, signal)).rejects.toThrow("Socket closed unexpectedly");
    // The lock itself would end after ten seconds.
    expect(await client.exists("lost:lock")).toBe(0);
  });

  it("that goes down fails a wait for the lock, but not the work of the lock's holder", async () => {
    let isDown = false;
    const failing: RedisClient = {
      async eval(script, options) {
        if (isDown) throw new Error("connect ECONNREFUSED");
        return client.eval(script, options);
      },
    };
    const clock = new VirtualClock();
    const { lock } = redisStore(failing, "goes-down", { clock, lockMs: 9_000 });
    const goDown = async () => {
      isDown = true;
      clock.advance(3_000);
      return "refreshed";
    };
    const { signal } = new AbortController();
    expect(await lock?.(goDown, signal)).toBe("refreshed");
    await expect(lock?.(goDown, signal)).rejects.toThrow("connect ECONNREFUSED");
  });

  it("reads tokens also through a client that maps strings to Buffers", async () => {
    const buffers = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    const store = redisStore(buffers, "buffers");
    expect(await store.save(stored, undefined)).toBe(true);
    expect(await store.load()).toEqual(stored);
    expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(true);
  });

  it("that is down is named by the error", async () => {
    const down: RedisClient = { eval: () => Promise.reject(new Error("connect ECONNREFUSED")) };
    const store = redisStore(down, "acme:tokens");
    await expect(store.clear()).rejects.toThrow("connect ECONNREFUSED");
    const source = refreshableToken({ store, refresh: () => ({ accessToken: "access-1" }) });
    await expect(source.token({})).rejects.toMatchObject({
      name: "TokenStoreError",
      message: 'redisStore "acme:tokens" cannot be read: connect ECONNREFUSED',
    });
  });
});
