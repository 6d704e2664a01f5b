import { describe, expect, it } from "vitest";
import { memoryStore, webStorageStore } from "./token-stores.js";

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

it("memoryStore gives back what it was given", async () => {
  const store = memoryStore();
  expect(await store.load()).toBeUndefined();
  await store.save(tokens);
  expect(await store.load()).toEqual(tokens);
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

  it("keeps what is good of tokens that are half garbage", async () => {
    const text = '{"accessToken":"a","refreshToken":7,"expiresAt":"soon","more":1}';
    expect(await webStorageStore(storage(text), "tokens").load()).toEqual({ accessToken: "a" });
  });

  it("has nothing stored where the browser forbids its storage", async () => {
    const forbidden = {
      getItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
      setItem() {},
    };
    expect(await webStorageStore(forbidden, "tokens").load()).toBeUndefined();
  });
});
