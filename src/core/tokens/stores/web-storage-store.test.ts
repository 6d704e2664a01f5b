import { afterEach, describe, expect, it, vi } from "vitest";
import { CountingClock } from "../../../../test/support/counted.js";
import { settled } from "../../../../test/support/promises.js";
import { systemClock } from "../../call/clock.js";
import type { Stored } from "./token-store.js";
import { webStorageStore } from "./web-storage-store.js";

/** A stand-in for the browser's. */
function storage(initial?: string) {
  const items = new Map(initial === undefined ? [] : [["tokens", initial]]);
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

function stored(revision: string): Stored {
  return { v: 1, tokens: { accessToken: "a", refreshToken: "r" }, revision, sessionId: "ada" };
}

afterEach(() => void vi.useRealTimers());

describe("webStorageStore", () => {
  it("keeps tokens under its key", async () => {
    const local = storage();
    expect(await webStorageStore(local, "tokens").save(stored("1"), undefined)).toBe(true);
    expect([...local.items.keys()]).toEqual(["tokens"]);
    expect(await webStorageStore(local, "tokens").load()).toEqual(stored("1"));
  });

  it("leaves no token behind when it is cleared", async () => {
    const local = storage();
    const store = webStorageStore(local, "tokens");
    await store.save(stored("1"), undefined);
    await store.clear();
    expect(local.items.get("tokens")).toBe('{"sequence":2}');
    expect(await store.load()).toBeUndefined();
  });

  it("is empty if the browser forbids its storage", async () => {
    const forbidden = {
      getItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
      setItem() {},
    };
    expect(await webStorageStore(forbidden, "tokens").load()).toBeUndefined();
  });
});

describe("webStorageStore over localStorage, in tabs", () => {
  /** Web Locks in one process. */
  function locks() {
    const held = new Set<string>();
    const last = new Map<string, Promise<unknown>>();
    return {
      held,
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
      request: async (name: string, { ifAvailable }: LockOptions, work: (lock: object | null) => unknown) => {
        if (ifAvailable) {
          if (held.has(name)) return work(null);
          held.add(name);
          try {
            return await work({ name });
          } finally {
            held.delete(name);
          }
        }
        const turn = (last.get(name) ?? Promise.resolve()).then(() => work({ name }));
        last.set(
          name,
          turn.then(
            () => {},
            () => {},
          ),
        );
        return turn;
      },
    };
  }

  function tab(local: ReturnType<typeof storage>, manager: ReturnType<typeof locks>, clock = systemClock) {
    vi.stubGlobal("document", {});
    vi.stubGlobal("localStorage", local);
    vi.stubGlobal("navigator", { locks: manager });
    return webStorageStore(local, "tokens", { clock });
  }

  it("waits until it sees the tokens of another tab", async () => {
    const manager = locks();
    const [here, there] = [storage(), storage()];
    await tab(there, manager).save(stored("1"), undefined);
    const store = tab(here, manager);
    vi.useFakeTimers();
    const loading = store.load();
    await vi.advanceTimersByTimeAsync(30);
    here.setItem("tokens", there.getItem("tokens") ?? "");
    await vi.advanceTimersByTimeAsync(10);
    expect(await loading).toEqual(stored("1"));
  });

  it("waits a second and a half at most, because the user may have signed out there", async () => {
    const manager = locks();
    await tab(storage(), manager).save(stored("1"), undefined);
    const store = tab(storage(), manager);
    vi.useFakeTimers();
    const loading = store.load();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await loading).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not make others wait for tokens that the storage did not accept", async () => {
    const manager = locks();
    const full = storage();
    full.setItem = () => {
      throw new Error("the quota is used up");
    };
    await expect(tab(full, manager).save(stored("1"), undefined)).rejects.toThrow("the quota is used up");
    vi.useFakeTimers();
    expect(await tab(storage(), manager).load()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not make others wait for a save that failed because the browser could not list its locks", async () => {
    const manager = locks();
    const { query } = manager;
    const store = tab(storage(), manager);
    let queries = 0;
    // The first query reads the store, the second one checks the announcement.
    manager.query = () => (++queries === 2 ? Promise.reject(new Error("the page is going away")) : query());
    await expect(store.save(stored("1"), undefined)).rejects.toThrow("the page is going away");
    await settled();
    expect([...manager.held]).toEqual([]);
    expect(await store.save(stored("1"), undefined)).toBe(true);
  });

  it("still makes others wait for its last save if the storage does not accept the next one", async () => {
    const manager = locks();
    const [here, there] = [storage(), storage()];
    const store = tab(there, manager);
    await store.save(stored("1"), undefined);
    there.setItem = () => {
      throw new Error("the quota is used up");
    };
    await expect(store.save(stored("2"), "1")).rejects.toThrow("the quota is used up");
    const other = tab(here, manager);
    vi.useFakeTimers();
    const loading = other.load();
    await vi.advanceTimersByTimeAsync(30);
    here.setItem("tokens", there.getItem("tokens") ?? "");
    await vi.advanceTimersByTimeAsync(10);
    expect(await loading).toEqual(stored("1"));
  });

  it("starts its wait again if the tab was frozen while it waited", async () => {
    const manager = locks();
    const [here, there] = [storage(), storage()];
    await tab(there, manager).save(stored("1"), undefined);
    const clock = new CountingClock();
    const saving = tab(here, manager, clock).save(stored("2"), undefined);
    await settled();
    clock.advance("1h");
    await settled();
    here.setItem("tokens", there.getItem("tokens") ?? "");
    clock.advance("10ms");
    expect(await saving).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it("returns what it sees if the tab is frozen a second time", async () => {
    const manager = locks();
    await tab(storage(), manager).save(stored("1"), undefined);
    const clock = new CountingClock();
    const loading = tab(storage(), manager, clock).load();
    for (let times = 0; times < 2; times++) {
      await settled();
      clock.advance("1h");
    }
    expect(await loading).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it("waits once, not for each number, after the user has emptied the storage", async () => {
    const manager = locks();
    manager.held.add("tenantry:tokens#5");
    const local = storage();
    vi.useFakeTimers();
    const saving = tab(local, manager).save(stored("1"), undefined);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await saving).toBe(true);
    expect(JSON.parse(local.getItem("tokens") ?? "")).toEqual({ ...stored("1"), sequence: 6 });
  });

  it("starts a save again if the tab was frozen for more than half a second before the write", async () => {
    const manager = locks();
    const { request } = manager;
    let now = 0;
    let announcements = 0;
    manager.request = (name, options, work) => {
      if (options.ifAvailable && ++announcements === 1) now += 600;
      return request(name, options, work);
    };
    const sleep = async (ms: number) => {
      now += ms;
    };
    const clock = { ...systemClock, monotonic: () => now, sleep };
    const local = storage();
    expect(await tab(local, manager, clock).save(stored("1"), undefined)).toBe(true);
    expect(announcements).toBe(2);
    expect(JSON.parse(local.getItem("tokens") ?? "")).toEqual({ ...stored("1"), sequence: 2 });
  });

  it("does not wait for its own number when it starts a save again, although browsers list it for a moment", async () => {
    const manager = locks();
    const { request, query } = manager;
    let now = 0;
    let listedUntil = 0;
    manager.request = async (name, options, work) => {
      if (options.ifAvailable && name.endsWith("#1")) now += 600;
      const result = await request(name, options, work);
      if (name.endsWith("#1")) listedUntil = now + 5;
      return result;
    };
    manager.query = async () => {
      await settled();
      return now < listedUntil ? { held: [{ name: "tenantry:tokens#1" }] } : query();
    };
    const sleep = async (ms: number) => {
      await settled();
      now += ms;
    };
    const local = storage();
    const clock = { ...systemClock, monotonic: () => now, sleep };
    expect(await tab(local, manager, clock).save(stored("1"), undefined)).toBe(true);
    expect(now).toBe(610);
  });

  it("can be saved to by the tab that has its lock", async () => {
    const store = tab(storage(), locks());
    const { signal } = new AbortController();
    expect(await store.lock?.(() => store.save(stored("1"), undefined), signal)).toBe(true);
  });

  it("does not take the lock of another store, or of other code, for its own", async () => {
    const manager = locks();
    manager.held.add("tenantry:tokens#old#1");
    manager.held.add(`${"x".repeat("tenantry:tokens#".length)}7`);
    const store = tab(storage(), manager);
    vi.useFakeTimers();
    expect(await store.load()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(["1e999", "9007199254740991", "-1", '"many"', "{}"])("saves over the number %s", async (number) => {
    // A number that is not valid is none, so no tab waits for the next one.
    vi.useFakeTimers();
    const store = tab(storage(`{"sequence":${number}}`), locks());
    expect(await store.save(stored("1"), undefined)).toBe(true);
    expect(await store.save(stored("2"), "1")).toBe(true);
    expect(await store.load()).toEqual(stored("2"));
  });

  it("continues from the newest revision, and has no token in a lock's name", async () => {
    const manager = locks();
    const local = storage();
    const [one, two] = [tab(local, manager), tab(local, manager)];
    await one.save(stored("1"), undefined);
    await two.save(stored("2"), "1");
    await one.save(stored("3"), "2");
    await Promise.resolve();
    expect(await two.load()).toEqual(stored("3"));
    expect([...manager.held].sort()).toEqual(["tenantry:tokens#2", "tenantry:tokens#3"]);
  });

  it("does not write over what another tab has written, although it cannot see it yet", async () => {
    const manager = locks();
    const [here, there] = [storage(), storage()];
    await tab(there, manager).save(stored("1"), undefined);
    const store = tab(here, manager);
    vi.useFakeTimers();
    const saving = store.save(stored("2"), undefined);
    await vi.advanceTimersByTimeAsync(30);
    here.setItem("tokens", there.getItem("tokens") ?? "");
    await vi.advanceTimersByTimeAsync(10);
    expect(await saving).toBe(false);
  });

  it("does not wait for sessionStorage, which belongs to one tab", async () => {
    const manager = locks();
    await tab(storage(), manager).save(stored("1"), undefined);
    vi.useFakeTimers();
    expect(await webStorageStore(storage(), "tokens").load()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not wait outside of a page, where all see a change at once", async () => {
    const manager = locks();
    manager.held.add("tenantry:tokens#3");
    const local = storage();
    vi.stubGlobal("localStorage", local);
    vi.stubGlobal("navigator", { locks: manager });
    vi.useFakeTimers();
    expect(await webStorageStore(local, "tokens").load()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("works with a storage of the user's own on a page that may not read `localStorage`", async () => {
    vi.stubGlobal("document", {});
    vi.stubGlobal("localStorage", undefined);
    Object.defineProperty(globalThis, "localStorage", {
      configurable: true,
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
    const store = webStorageStore(storage(), "tokens");
    expect(await store.save(stored("1"), undefined)).toBe(true);
    expect(await store.load()).toEqual(stored("1"));
  });
});
