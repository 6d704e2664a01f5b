import { afterEach, describe, expect, it, vi } from "vitest";
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

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

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

  it("has nothing stored if the browser forbids its storage", async () => {
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
          await work({ name });
          held.delete(name);
          return;
        }
        const turn = (last.get(name) ?? Promise.resolve()).then(() => work({ name }));
        last.set(
          name,
          turn.then(
            () => {},
            () => {},
          ),
        );
        await turn;
      },
    };
  }

  function tab(local: ReturnType<typeof storage>, manager: ReturnType<typeof locks>) {
    vi.stubGlobal("document", {});
    vi.stubGlobal("localStorage", local);
    vi.stubGlobal("navigator", { locks: manager });
    return webStorageStore(local, "tokens");
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
    expect(await webStorageStore(storage(), "tokens").load()).toBeUndefined();
  });
});
