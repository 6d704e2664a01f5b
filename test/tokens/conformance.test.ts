import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore, simpleStore, type TokenStore, webStorageStore } from "tenantry";
import { fileStore } from "tenantry/node";
import { storeConformance } from "tenantry/testing";
import { describe, expect, it, vi } from "vitest";
import { settled } from "../support/promises.js";
import { checkNamed } from "./support/check-named.js";
import { coarse } from "./support/coarse-clock.js";
import { plainStore } from "./support/plain-store.js";

describe("memoryStore", () => {
  const checks = storeConformance(
    () => {
      const store = memoryStore();
      return { open: () => store };
    },
    { corrupts: false },
  );
  it.each(checks)("$name", ({ run }) => run());
});

describe("simpleStore", () => {
  const checks = storeConformance(() => {
    const { store, corrupt } = plainStore();
    return { open: () => store, corrupt };
  });
  it.each(checks)("$name", ({ run }) => run());
});

describe("webStorageStore, without Web Locks", () => {
  const checks = storeConformance(() => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
    };
    return {
      open: (clock) => webStorageStore(storage, "tokens", { clock }),
      corrupt: (text) => storage.setItem("tokens", text),
    };
  });
  it.each(checks)("$name", ({ run }) => run());
});

describe("fileStore", () => {
  const checks = storeConformance(async () => {
    const folder = await mkdtemp(join(tmpdir(), "tokens-"));
    const path = join(folder, "tokens.json");
    return {
      open: (clock) => fileStore(path, { clock: coarse(clock) }),
      corrupt: (text) => writeFile(path, text),
      close: () => rm(folder, { recursive: true }),
    };
  });
  it.each(checks)("$name", ({ run }) => run());
});

it("a store on a slow disk passes the check with many processes", async () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const slowly = async () => {
    now += 100;
    await settled();
  };
  const checks = storeConformance(
    () => {
      const store = memoryStore();
      const slow: TokenStore = {
        ...store,
        load: () => slowly().then(store.load),
        save: (next, expected) => slowly().then(() => store.save(next, expected)),
      };
      return { open: () => slow };
    },
    { corrupts: false },
  );
  await checkNamed(checks, "if many processes add").run();
  expect(now).toBeGreaterThan(0);
});

it("a store that cuts long texts fails the check with a long token", async () => {
  const checks = storeConformance(
    () => {
      let column = "null";
      const store = simpleStore({
        load: () => JSON.parse(column),
        save: (content) => {
          column = JSON.stringify(content ?? null).slice(0, 1_024);
        },
      });
      return { open: () => store };
    },
    { corrupts: false },
  );
  await expect(checkNamed(checks, "a token of 8,000").run()).rejects.toThrow(
    "the length of the token must be 8000",
  );
});

it("a failed check rejects with its own error, even if `close` fails too", async () => {
  const store = { ...memoryStore(), load: async () => undefined };
  const close = () => Promise.reject(new Error("the folder is not empty"));
  const checks = storeConformance(() => ({ open: () => store, close }), { corrupts: false });
  const check = checkNamed(checks, "one process loads what another one saves");
  await expect(check.run()).rejects.toThrow("what was saved");
});
