import { type Clock, memoryStore, refreshableToken, type TokenStore, webStorageStore } from "tenantry";
import { describe, expect, it, vi } from "vitest";
import { CountingClock } from "../support/counted.js";
import { deferred, failureOf, settled } from "../support/promises.js";
import { start, storedTokens, storeWith, tokenServer } from "./support/token-server.js";

describe("the lock of a refreshableToken", () => {
  /** A lock like Web Locks, in one process. */
  function sharedLock() {
    let last: Promise<unknown> = Promise.resolve();
    return async <T>(critical: () => Promise<T>): Promise<T> => {
      const turn = last.then(critical);
      last = turn.catch(() => {});
      return turn;
    };
  }

  function emptyStorage() {
    const items = new Map<string, string>();
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
    };
  }

  it("lets two tabs share one refresh", async () => {
    const lock = sharedLock();
    const store = memoryStore();
    let refreshes = 0;
    const refresh = async () => {
      refreshes++;
      await settled();
      return { accessToken: `access-${refreshes}`, refreshToken: `refresh-${refreshes}` };
    };
    const tabs = [1, 2].map(() =>
      refreshableToken({ refresh, store, lock, clock: new CountingClock(start) }),
    );
    expect(await Promise.all(tabs.map((tab) => tab.token({})))).toEqual(["access-1", "access-1"]);
    const renewed = await Promise.all(tabs.map((tab) => tab.token({ rejected: "access-1" })));
    expect(renewed).toEqual(["access-2", "access-2"]);
    expect(refreshes).toBe(2);
  });

  it("is the store's own unless another is given, and is released even if a refresh hangs", async () => {
    const held = { now: 0 };
    const lock = async <T>(critical: () => Promise<T>): Promise<T> => {
      held.now++;
      return critical().finally(() => held.now--);
    };
    const store = { ...memoryStore(), lock };
    const { source, clock } = tokenServer({
      store,
      initial: undefined,
      refresh: () => new Promise(() => {}),
    });
    const failure = failureOf(source.token({}));
    await settled();
    expect(held.now).toBe(1);
    clock.advance("30s");
    await failure;
    await settled();
    expect(held.now).toBe(0);
  });

  it("of a store that is an instance of a class has its `this`, and is not used if another is given", async () => {
    class LockingStore {
      locked = 0;
      readonly #inner = memoryStore();
      load = () => this.#inner.load();
      save: TokenStore["save"] = (next, expected) => this.#inner.save(next, expected);
      clear = () => this.#inner.clear();
      lock<T>(critical: () => Promise<T>): Promise<T> {
        this.locked++;
        return critical();
      }
    }
    const store = new LockingStore();
    expect(await tokenServer({ store, initial: undefined }).source.token({})).toBe("access-1");
    expect(store.locked).toBe(1);

    const [other, given] = [new LockingStore(), new LockingStore()];
    const lock: TokenStore["lock"] = (critical) => given.lock(critical);
    expect(await tokenServer({ store: other, initial: undefined, lock }).source.token({})).toBe("access-1");
    expect([other.locked, given.locked]).toEqual([0, 1]);
  });

  it("is a Web Lock in a browser for a store without one, and none if no store is shared", async () => {
    const request = vi.fn(async (_name: string, _options: LockOptions, callback: () => unknown) =>
      callback(),
    );
    vi.stubGlobal("location", new URL("https://app.example.com"));
    vi.stubGlobal("navigator", { locks: { request } });
    expect(await tokenServer({ initial: undefined }).source.token({})).toBe("access-1");
    expect(request).not.toHaveBeenCalled();
    const store = memoryStore();
    expect(await tokenServer({ store, initial: undefined }).source.token({})).toBe("access-1");
    expect(request.mock.calls).toMatchObject([["tenantry", {}, expect.any(Function)]]);
  });

  it.each<[string, string, (clock: Clock) => TokenStore]>([
    ["source", "tenantry", () => memoryStore()],
    ["web storage", "tenantry:tokens", (clock) => webStorageStore(emptyStorage(), "tokens", { clock })],
  ])("is taken from a frozen tab after 15 s by the clock of the %s", async (_what, lockName, storeOf) => {
    const steal = vi.fn();
    const request = async (name: string, options: LockOptions, callback: () => unknown) => {
      if (options.steal) steal(name);
      else if (name === lockName)
        await new Promise((_, reject) => options.signal?.addEventListener("abort", reject));
      return callback();
    };
    const query = async () => ({ held: [{ name: lockName, clientId: "the frozen tab" }] });
    vi.stubGlobal("location", new URL("https://app.example.com"));
    vi.stubGlobal("navigator", { locks: { request, query } });
    const clock = new CountingClock(start);
    const { source } = tokenServer({ clock, store: storeOf(clock), initial: undefined });
    const token = source.token({});
    await settled();
    clock.advance("7500ms");
    await settled();
    expect(steal).not.toHaveBeenCalled();
    clock.advance("7500ms");
    await settled();
    expect(steal).toHaveBeenCalledWith(lockName);
    clock.advance("15s");
    expect(await token).toBe("access-1");
    await settled();
    expect(clock.pending).toBe(0);
  });

  it("is not the only thing to wait for: another process may have begun a refresh without it", async () => {
    const store = await storeWith(storedTokens("old"));
    const lock = deferred();
    const { source, clock, requests } = tokenServer({
      store,
      initial: undefined,
      lock: (critical) => lock.promise.then(critical),
    });
    const token = source.token({ rejected: "old" });
    await settled();
    const marked = storedTokens("old", { revision: "marked", refreshStartedAt: clock.now() });
    await store.save(marked, "old");
    lock.resolve();
    await settled();
    expect(requests).toHaveLength(0);
    await store.save(storedTokens("new"), "marked");
    clock.advance("250ms");
    expect(await token).toBe("new");
  });

  it("is none on a server for a store without one, so that a user does not wait for the refresh of another", async () => {
    // Node has Web Locks since Node 24.
    const request = vi.fn(() => new Promise(() => {}));
    vi.stubGlobal("navigator", { locks: { request } });
    const { source } = tokenServer({ store: memoryStore(), initial: undefined });
    expect(await source.token({})).toBe("access-1");
    expect(request).not.toHaveBeenCalled();
  });

  it("that cannot be released does not keep the call for longer than timeoutMs", async () => {
    const lock = async <T>(critical: () => Promise<T>): Promise<T> => {
      await critical();
      return new Promise(() => {});
    };
    const { source, clock } = tokenServer({ initial: undefined, lock });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["is never given back", () => new Promise<never>(() => {})],
    ["cannot be had", () => Promise.reject(new Error("EROFS"))],
  ])("that %s does not stop the refresh", async (_kind, lock) => {
    const { source, clock, requests } = tokenServer({ initial: undefined, lock });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("does not make a call wait after another source has refreshed the token", async () => {
    const store = await storeWith(
      storedTokens("over", { tokens: { accessToken: "over", expiresAt: start } }),
    );
    const { source, clock, requests } = tokenServer({
      store,
      initial: undefined,
      lock: () => new Promise<never>(() => {}),
    });
    const waiting = source.token({});
    await settled();
    await store.save(storedTokens("others"), "over");
    clock.advance("250ms");
    expect(await waiting).toBe("others");
    expect(clock.pending).toBe(0);
    expect(requests).toHaveLength(0);
  });
});
