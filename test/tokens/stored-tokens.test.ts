import { memoryStore, type Stored } from "tenantry";
import { describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "../support/promises.js";
import {
  minute,
  sometimesDown,
  start,
  storedTokens,
  storeWith,
  tokenServer,
} from "./support/token-server.js";

describe("the store of a refreshableToken", () => {
  it("has the new pair before the first call uses it", async () => {
    const events: string[] = [];
    const inner = memoryStore();
    const store = await storeWith(undefined, {
      load: inner.load,
      save: async (next, expected) => {
        await settled();
        events.push(`saved ${next.tokens.accessToken} ${next.tokens.refreshToken}`);
        return inner.save(next, expected);
      },
    });
    const { source } = tokenServer({ initial: undefined, store });
    events.push(`used ${await source.token({})}`);
    expect(events).toEqual(["saved access-1 refresh-1", "used access-1"]);
  });

  it("stores that a refresh starts before it is sent, and how long the new token lives", async () => {
    const store = await storeWith(storedTokens("a"));
    const marks: (number | undefined)[] = [];
    const { source, clock } = tokenServer({
      initial: undefined,
      store,
      refresh: async () => {
        marks.push((await store.load())?.refreshStartedAt);
        return { accessToken: "b", expiresAt: start + 121 * minute };
      },
    });
    clock.advance("1h");
    expect(await source.token({})).toBe("b");
    expect(marks).toEqual([start + 60 * minute]);
    expect(await store.load()).toMatchObject({ sessionId: "ada", lifetimeMs: 61 * minute });
    expect((await store.load())?.refreshStartedAt).toBeUndefined();
  });

  it("has the tokens for the next program; a refresh without a refresh token keeps the one before", async () => {
    const store = memoryStore();
    const first = tokenServer({
      initial: undefined,
      store,
      refresh: () => ({ accessToken: "a", refreshToken: "r" }),
    });
    await first.source.token({});
    const used: (string | undefined)[] = [];
    const second = tokenServer({
      initial: undefined,
      store,
      refresh: ({ refreshToken }) => {
        used.push(refreshToken);
        return { accessToken: "b" };
      },
    });
    expect(await second.source.token({})).toBe("a");
    expect(await second.source.token({ rejected: "a" })).toBe("b");
    expect(used).toEqual(["r"]);
    expect((await store.load())?.tokens).toEqual({ accessToken: "b", refreshToken: "r" });
  });

  it("with tokens that replaced the initial ones is used", async () => {
    const initial = { accessToken: "access-0", refreshToken: "refresh-0" };
    const store = memoryStore();
    const first = tokenServer({ store, initial });
    expect(await first.source.token({})).toBe("access-0");
    expect(await first.source.token({ rejected: "access-0" })).toBe("access-1");
    // The next program gets the same initial tokens, which were used.
    const second = tokenServer({ store, initial });
    expect(await second.source.token({})).toBe("access-1");
    expect(second.requests).toHaveLength(0);
  });

  it("with tokens that replaced the initial ones is used, even if those expire later", async () => {
    const initial = { accessToken: "access-0", refreshToken: "refresh-0", expiresAt: start + 90 * minute };
    const store = memoryStore();
    const first = tokenServer({ store, initial });
    // The new token lives for 60 minutes.
    expect(await first.source.token({ rejected: "access-0" })).toBe("access-1");
    const second = tokenServer({ store, initial });
    expect(await second.source.token({})).toBe("access-1");
    expect(second.requests).toHaveLength(0);
  });

  it("with the initial tokens of the last program is replaced by other initial tokens that expire later", async () => {
    const initialOf = (name: string, minutes: number) => ({
      accessToken: `access-${name}`,
      refreshToken: `refresh-${name}`,
      expiresAt: start + minutes * minute,
    });
    const store = memoryStore();
    await tokenServer({ store, initial: initialOf("monday", 60) }).source.token({});
    const second = tokenServer({ store, initial: initialOf("tuesday", 90) });
    expect(await second.source.token({})).toBe("access-tuesday");
  });

  it.each([
    ["is not used if the initial tokens expire later", start + 61 * minute, "initial"],
    ["is used if the initial tokens expire earlier", start + 20 * minute, "stored"],
    ["is used if the expiry of the initial tokens is unknown", undefined, "stored"],
  ])("with tokens of another session %s", async (_, expiresAt, expected) => {
    const store = await storeWith(storedTokens("stored"));
    const initial = { accessToken: "initial", expiresAt };
    expect(await tokenServer({ store, initial }).source.token({})).toBe(expected);
  });

  it("is read again before a refresh, because another process may have refreshed", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    await store.save(storedTokens("b"), "a");
    expect(await source.token({ rejected: "a" })).toBe("b");
    expect(requests).toHaveLength(0);
    // Its tokens need a refresh too: this source makes it, with the newest refresh token.
    expect(await source.token({ rejected: "b" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "b-refresh" }]);
  });

  it.each([
    ["are used if they last for another minute", 61 * minute, "b", []],
    ["are refreshed if they have expired as well", 59 * minute, "access-1", [{ refreshToken: "b-refresh" }]],
  ])("with newer tokens of another process: these %s", async (_, lifeMs, expected, made) => {
    const store = await storeWith(storedTokens("a"));
    const { source, clock, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    const tokens = { accessToken: "b", refreshToken: "b-refresh", expiresAt: start + lifeMs };
    await store.save(storedTokens("b", { tokens }), "a");
    clock.advance("59m 45s");
    expect(await source.token({})).toBe(expected);
    expect(requests).toMatchObject(made);
  });

  it("that cannot save loses no tokens: calls use the pair in memory, and it is saved later", async () => {
    const store = sometimesDown(await storeWith(storedTokens("old")), "save");
    store.isDown = true;
    const { source, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("old");
    expect(await source.token({ rejected: "old" })).toBe("access-1");
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
    expect(requests.map(({ refreshToken }) => refreshToken)).toEqual(["old-refresh", "refresh-1"]);
    store.isDown = false;
    expect(await source.token({ rejected: "access-2" })).toBe("access-3");
    expect((await store.load())?.tokens.accessToken).toBe("access-3");
  });

  it("that hangs while it saves costs timeoutMs, not the pair", async () => {
    const store = await storeWith(undefined, { save: () => new Promise(() => {}) });
    const { source, clock } = tokenServer({ store, initial: undefined });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(clock.pending).toBe(0);
  });

  it("that cannot be read leaves the tokens in memory in use; then the error names the store", async () => {
    const vault = await storeWith(storedTokens("a"), { name: "the company's vault" });
    const store = sometimesDown(vault, "load");
    const { source, clock, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    store.isDown = true;
    clock.advance("59m");
    expect(await source.token({})).toBe("a");
    clock.advance("1m");
    expect(await failureOf(source.token({}))).toMatchObject({
      name: "TokenStoreError",
      code: "unavailable",
      message: "the company's vault cannot be read: ECONNREFUSED",
    });
    expect(requests).toHaveLength(0);
    store.isDown = false;
    expect(await source.token({})).toBe("access-1");
  });

  it("that cannot be read stops no call, and delays none, in the last half minute of the token in memory", async () => {
    const store = sometimesDown(await storeWith(storedTokens("a")), "load");
    const { source, clock, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    store.isDown = true;
    clock.advance("59m 35s");
    for (let calls = 0; calls < 20; calls++) {
      const before = clock.now();
      expect(await source.token({})).toBe("a");
      expect(clock.now()).toBe(before);
      clock.advance("1s");
      await settled();
    }
    expect(await failureOf(source.token({ rejected: "a" }))).toMatchObject({ name: "TokenStoreError" });
    expect(requests).toHaveLength(0);
    store.isDown = false;
    expect(await source.token({})).toBe("access-1");
  });

  it("that cannot be read at first leaves the initial tokens in use, and is read again", async () => {
    const load = vi.fn(async (): Promise<Stored | undefined> => undefined);
    load.mockRejectedValueOnce(new Error("EACCES"));
    const { source, requests } = tokenServer({ store: await storeWith(undefined, { load }) });
    expect(await source.token({})).toBe("access-0");
    expect(await source.token({ rejected: "access-0" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "refresh-0" }]);
  });

  it("that cannot be read at first is read again if the initial tokens have expired", async () => {
    const store = sometimesDown(await storeWith(storedTokens("a")), "load");
    store.isDown = true;
    const initial = { accessToken: "expired", expiresAt: start - minute };
    const { source, requests } = tokenServer({ store, initial });
    expect(await failureOf(source.token({}))).toMatchObject({ name: "TokenStoreError" });
    store.isDown = false;
    expect(await source.token({})).toBe("a");
    expect(requests).toHaveLength(0);
  });

  it("whose first load never settles does not block calls for ever", async () => {
    const load = vi.fn<() => Promise<Stored | undefined>>(() => new Promise(() => {}));
    const { source, clock } = tokenServer({
      initial: undefined,
      store: await storeWith(undefined, { load }),
    });
    const failure = failureOf(source.token({}));
    await settled();
    clock.advance("30s");
    expect(await failure).toMatchObject({
      message: "memoryStore cannot be read: no response within 30000 ms",
    });
    load.mockResolvedValue(undefined);
    expect(await source.token({})).toBe("access-1");
  });
});
