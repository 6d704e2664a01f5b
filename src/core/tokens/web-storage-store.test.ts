import { afterEach, describe, expect, it, vi } from "vitest";
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

const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 1_000 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("webStorageStore", () => {
  it("keeps tokens under its key", async () => {
    const local = storage();
    await webStorageStore(local, "tokens").save(tokens);
    expect([...local.items.keys()]).toEqual(["tokens"]);
    expect(await webStorageStore(local, "tokens").load()).toEqual(tokens);
  });

  it.each([
    "",
    "not json",
    "null",
    "42",
    '"text"',
    "[]",
    "{}",
    '{"accessToken":""}',
    '{"accessToken":7}',
    '{"refreshToken":"r"}',
  ])("takes %j for nothing stored", async (text) => {
    expect(await webStorageStore(storage(text), "tokens").load()).toBeUndefined();
  });

  it("keeps the valid fields of tokens that are partly broken", async () => {
    const text = '{"accessToken":"a","refreshToken":7,"expiresAt":"soon","more":1}';
    expect(await webStorageStore(storage(text), "tokens").load()).toEqual({ accessToken: "a" });
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
  /** Web Locks as far as they are used here: shared, never waited for. */
  function locks() {
    const held = new Set<string>();
    return {
      held,
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
      request: async (name: string, _options: unknown, hold: () => Promise<void>) => {
        held.add(name);
        await hold();
        held.delete(name);
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
    await tab(there, manager).save(tokens);
    const store = tab(here, manager);
    vi.useFakeTimers();
    const loading = store.load();
    await vi.advanceTimersByTimeAsync(30);
    here.setItem("tokens", there.getItem("tokens") ?? "");
    await vi.advanceTimersByTimeAsync(10);
    expect(await loading).toEqual(tokens);
  });

  it("waits a second and a half at most, because the user may have signed out there", async () => {
    const manager = locks();
    await tab(storage(), manager).save(tokens);
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
    await expect(tab(full, manager).save(tokens)).rejects.toThrow("the quota is used up");
    vi.useFakeTimers();
    expect(await tab(storage(), manager).load()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("continues from the newest revision, and has no token in a lock's name", async () => {
    const manager = locks();
    const local = storage();
    const [one, two] = [tab(local, manager), tab(local, manager)];
    await one.save(tokens);
    await two.save({ accessToken: "b" });
    await one.save({ accessToken: "c" });
    await Promise.resolve();
    expect(await two.load()).toEqual({ accessToken: "c" });
    expect([...manager.held].sort()).toEqual(["tenantry:tokens#2", "tenantry:tokens#3"]);
  });

  it("does not wait for sessionStorage, which belongs to one tab", async () => {
    const manager = locks();
    await tab(storage(), manager).save(tokens);
    expect(await webStorageStore(storage(), "tokens").load()).toBeUndefined();
  });
});
