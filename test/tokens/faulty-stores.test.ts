import { inspect } from "node:util";
import {
  memoryStore,
  refreshableToken,
  type Stored,
  simpleStore,
  type TokenStore,
  TokenStoreError,
} from "tenantry";
import { redisStore } from "tenantry/redis";
import { expect, it } from "vitest";
import { CountingClock } from "../support/counted.js";
import { failureOf, settled } from "../support/promises.js";
import { untyped } from "../support/untyped.js";

const refresh = async () => ({ accessToken: "new" });
const past = Date.now() - 1_000;

it("a store that never saves does not keep the program busy for ever", async () => {
  const store = { ...memoryStore(), save: async () => false };
  const auth = refreshableToken({ refresh, initial: { accessToken: "given" }, store });
  expect(await auth.token({})).toBe("given");
});

it("a store that refuses every save does not stop a refresh, and is not asked for ever", async () => {
  let saves = 0;
  const store = { ...memoryStore(), save: async () => ++saves < 0 };
  const clock = new CountingClock(Date.now());
  const auth = refreshableToken({
    refresh,
    initial: { accessToken: "given", expiresAt: past },
    store,
    clock,
  });
  expect(await auth.token({})).toBe("new");
  await settled();
  expect(clock.pending).toBe(0);
  expect(saves).toBeLessThan(50);
});

it("a store that can only be read does not stop a refresh of initial tokens that have expired", async () => {
  const store = { ...memoryStore(), save: () => Promise.reject(new Error("read-only file system")) };
  const auth = refreshableToken({ refresh, initial: { accessToken: "given", expiresAt: past }, store });
  expect(await auth.token({})).toBe("new");
});

it("a slow store is marked once for a refresh, even if other sources take over at once", async () => {
  const clock = new CountingClock(Date.now());
  const inner = memoryStore();
  let saves = 0;
  const store: TokenStore = {
    ...inner,
    async save(next, expected) {
      saves++;
      await clock.sleep(10);
      return inner.save(next, expected);
    },
  };
  const auth = refreshableToken({ refresh, initial: { accessToken: "given" }, store, clock, takeOverMs: 0 });
  await auth.token({});
  saves = 0;
  expect(await auth.token({ rejected: "given" })).toBe("new");
  // The mark, and the new tokens.
  expect(saves).toBe(2);
});

it("a stalled process does not send a refresh token that another one has taken over, even with a short takeOverMs", async () => {
  const clock = new CountingClock(Date.now());
  const inner = memoryStore();
  let isTaken = false;
  const store: TokenStore = {
    ...inner,
    async save(next, expected) {
      const isSaved = await inner.save(next, expected);
      if (next.refreshStartedAt === undefined || isTaken) return isSaved;
      isTaken = true;
      await clock.sleep(450);
      const now = clock.now();
      await inner.save({ ...next, revision: "another", refreshStartedAt: now }, next.revision);
      return isSaved;
    },
  };
  const sentAt: number[] = [];
  const auth = refreshableToken({
    refresh: async () => {
      sentAt.push(clock.now());
      return { accessToken: "new" };
    },
    initial: { accessToken: "given" },
    store,
    clock,
    takeOverMs: 200,
  });
  const token = await auth.token({});
  const start = clock.now();
  await auth.token({ rejected: token });
  // It waits until it may take over in turn.
  expect(sentAt.map((at) => at - start >= 450 + 200)).toEqual([true]);
});

it("damaged JSON in a simple store counts as empty, and a sign-in replaces it", async () => {
  let text = "{damaged";
  const store = simpleStore({
    load: () => JSON.parse(text),
    save: (stored) => {
      text = JSON.stringify(stored ?? null);
    },
  });
  const auth = refreshableToken({ refresh, store });
  await auth.accept({ accessToken: "signed-in" });
  expect(await auth.token({})).toBe("signed-in");
  expect(JSON.parse(text)).toMatchObject({ tokens: { accessToken: "signed-in" } });
});

it("a store that stops saving while a refresh runs causes no further refresh: the tokens stay in memory", async () => {
  const inner = memoryStore();
  let isFull = false;
  let refreshes = 0;
  const store: TokenStore = {
    ...inner,
    save: async (next, expected) => !isFull && inner.save(next, expected),
  };
  const refreshOnce = async () => {
    isFull = true;
    refreshes += 1;
    return refresh();
  };
  const clock = new CountingClock();
  const auth = refreshableToken({
    refresh: refreshOnce,
    initial: { accessToken: "given" },
    store,
    clock,
  });
  expect(await auth.token({ rejected: "given" })).toBe("new");
  expect(await auth.token({})).toBe("new");
  await settled();
  expect([refreshes, clock.pending]).toEqual([1, 0]);
});

it("the error of a store that gives up by itself contains the store's own text", async () => {
  const late = Object.assign(new Error("no connection to Redis in 5 s"), { name: "TimeoutError" });
  const store = { ...memoryStore(), name: "the vault", load: () => Promise.reject(late) };
  const error = await failureOf(refreshableToken({ refresh, store }).token({}));
  expect(error).toBeInstanceOf(TokenStoreError);
  expect(error).toMatchObject({ message: "the vault cannot be read: no connection to Redis in 5 s" });
});

it("the error of a store contains no token, not even the initial one after a refresh", async () => {
  const initial = { accessToken: "initial-token", refreshToken: "initial-refresh" };
  const inner = memoryStore();
  let load = inner.load;
  const auth = refreshableToken({ refresh, initial, store: { ...inner, load: () => load() } });
  const rejected = await auth.token({ rejected: "initial-token" });
  expect(rejected).toBe("new");
  load = () => Promise.reject(new Error("cannot parse: initial-token, initial-refresh, new"));
  const error = await failureOf(auth.token({ rejected }));
  expect(error).toMatchObject({
    message: expect.stringContaining("cannot parse: [secret], [secret], [secret]"),
  });
});

it("a record of a store that is not complete counts as none", async () => {
  const load = async () => untyped<Stored>({ v: 1, revision: "1", sessionId: "ada" });
  const auth = refreshableToken({ refresh, store: { ...memoryStore(), load } });
  expect(await auth.token({})).toBe("new");
});

it("a store that cannot save can still be cleared", async () => {
  let clears = 0;
  const store = {
    ...memoryStore(),
    save: () => Promise.reject(new Error("no disk")),
    clear: async () => void clears++,
  };
  const auth = refreshableToken({ refresh, store });
  await auth.accept({ accessToken: "given" });
  await auth.clear();
  expect(clears).toBe(1);
});

it("a store without a name is named in general words", async () => {
  const load = () => Promise.reject(new Error("no disk"));
  const error = await failureOf(
    refreshableToken({ refresh, store: { ...memoryStore(), name: undefined, load } }).token({}),
  );
  expect(error).toMatchObject({ message: "the token store cannot be read: no disk" });
});

it.each(["load", "clear"] as const)(
  "the initial tokens do not show if %s fails with them",
  async (method) => {
    const initial = { accessToken: "access-secret", refreshToken: "refresh-secret", expiresAt: past };
    const fail = () => Promise.reject(new Error(`cannot handle ${JSON.stringify(initial)}`));
    const store = { ...memoryStore(), [method]: fail };
    const auth = refreshableToken({ refresh, initial, store });
    const error = await failureOf(method === "load" ? auth.token({}) : auth.clear());
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/access-secret|refresh-secret/);
  },
);

it.each<[string, string]>([
  ["redis://app:pass-word@10.0.0.1:6379", "redis://10.0.0.1:6379"],
  ["rediss://:p4ss@cache/0", "rediss://cache/0"],
  ["redis://app:p@ss-word@cache", "redis://cache"],
  ["redis://cache:6379/0", "redis://cache:6379/0"],
])("the password of a store's URL does not show: %s", async (url, shown) => {
  const down = async () => {
    throw new Error(`no connection to ${url}`, { cause: new Error(`${url} is down`) });
  };
  const vault = { ...memoryStore(), name: "the vault", load: down, clear: down };
  for (const [store, method] of [
    [vault, "load"],
    [vault, "clear"],
    [simpleStore({ load: down, save: () => {} }), "load"],
    [redisStore({ eval: down }, "acme:tokens"), "load"],
  ] as const) {
    const auth = refreshableToken({ refresh, initial: { accessToken: "given", expiresAt: past }, store });
    const error = await failureOf(method === "load" ? auth.token({}) : auth.clear());
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(String(error)).toMatch(`${store.name} cannot be `);
    expect(String(error)).toContain(`: no connection to ${shown}`);
    const all = inspect(error, { depth: 9, showHidden: true });
    expect(all).toContain(`${shown} is down`);
    if (url !== shown) expect(all).not.toMatch(/pass-word|p4ss|ss-word/);
  }
});
