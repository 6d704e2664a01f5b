import { expect, it } from "vitest";
import { memoryStore } from "./token-stores.js";

const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 1_000 };

it("memoryStore returns what was saved", async () => {
  const store = memoryStore();
  expect(await store.load()).toBeUndefined();
  await store.save(tokens);
  expect(await store.load()).toEqual(tokens);
});
