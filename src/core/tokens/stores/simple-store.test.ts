import { expect, it, onTestFinished, vi } from "vitest";
import { simpleStore } from "./simple-store.js";
import type { Stored } from "./token-store.js";

const stored: Stored = { v: 1, tokens: { accessToken: "access" }, revision: "1", sessionId: "ada" };

/** A keychain whose functions are asynchronous, and can fail. */
function keychain() {
  let content: unknown;
  const state = { isDown: false };
  const later = async () => {
    await Promise.resolve();
    if (state.isDown) throw new Error("the keychain is locked");
  };
  const store = simpleStore({
    load: async () => {
      await later();
      return content;
    },
    save: async (next) => {
      await later();
      content = next;
    },
  });
  return { state, store };
}

it("keeps what functions save and load that return promises", async () => {
  const { store } = keychain();
  expect(await store.save(stored, undefined)).toBe(true);
  expect(await store.load()).toEqual(stored);
  await store.clear();
  expect(await store.load()).toBeUndefined();
});

it("rejects if only `save` does, and loads nothing half-saved", async () => {
  let content: unknown;
  let failure: Error | undefined;
  const store = simpleStore({
    load: () => content,
    save: async (next) => {
      content = "half of it";
      await Promise.resolve();
      if (failure) throw failure;
      content = next;
    },
  });
  const [isSaved, loaded] = await Promise.all([store.save(stored, undefined), store.load()]);
  expect(isSaved).toBe(true);
  expect(loaded).toEqual(stored);
  failure = new Error("the keychain is locked");
  await expect(store.save({ ...stored, revision: "2" }, "1")).rejects.toThrow("the keychain is locked");
  await expect(store.clear()).rejects.toThrow("the keychain is locked");
});

it("calls the methods of an instance of a class with its `this`", async () => {
  class Settings {
    #content: unknown;
    load() {
      return this.#content;
    }
    save(next: Stored | undefined) {
      this.#content = next;
    }
  }
  const store = simpleStore(new Settings());
  expect(await store.save(stored, undefined)).toBe(true);
  expect(await store.load()).toEqual(stored);
});

it("rejects if a function does, and works again afterwards", async () => {
  const { state, store } = keychain();
  await store.save(stored, undefined);
  state.isDown = true;
  await expect(store.load()).rejects.toThrow("the keychain is locked");
  await expect(store.save(stored, "1")).rejects.toThrow("the keychain is locked");
  await expect(store.clear()).rejects.toThrow("the keychain is locked");
  state.isDown = false;
  expect(await store.load()).toEqual(stored);
});

it("waits for a function that never settles for 15 seconds only, and then runs one after the other again", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let content: unknown;
  const load = vi.fn(async () => content).mockReturnValueOnce(new Promise(() => {}));
  const save = async (next: Stored | undefined) => {
    content = "half of it";
    await Promise.resolve();
    content = next;
  };
  const store = simpleStore({ load, save });
  store.load();
  const results = Promise.all([store.save(stored, undefined), store.load()]);
  await vi.advanceTimersByTimeAsync(14_999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await results).toEqual([true, stored]);
  expect(vi.getTimerCount()).toBe(0);
});
