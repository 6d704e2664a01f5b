import { expect, it } from "vitest";
import { haveSameTokens, parseStored, type Stored, toStored } from "./token-store.js";

const stored: Stored = {
  v: 1,
  tokens: { accessToken: "access", refreshToken: "refresh" },
  revision: "revision",
  sessionId: "session",
  lifetimeMs: 60_000,
  clockOffsetMs: -5,
  refreshStartedAt: 1_767_225_600_000,
};

it("reads a record as it was stored", () => {
  expect(toStored(stored)).toStrictEqual(stored);
  expect(parseStored(JSON.stringify(stored))).toStrictEqual(stored);
});

it.each([
  ["no text", null],
  ["text that is not JSON", "tokens"],
  ["a record of another version of this format", JSON.stringify({ ...stored, v: 2 })],
  ["a record without tokens", JSON.stringify({ ...stored, tokens: {} })],
  ["a record without a revision", JSON.stringify({ ...stored, revision: 7 })],
  ["a record without a session", JSON.stringify({ ...stored, sessionId: null })],
])("reads %s as an empty store", (_, text) => {
  expect(parseStored(text)).toBeUndefined();
});

it("leaves out times that are not finite numbers", () => {
  const { lifetimeMs: _, clockOffsetMs: __, refreshStartedAt: ___, ...rest } = stored;
  const broken = { ...rest, lifetimeMs: "60000", clockOffsetMs: Infinity, refreshStartedAt: null };
  expect(toStored(broken)).toStrictEqual(rest);
});

it("compares the tokens and the session of two records, and nothing else", () => {
  const changed = (changes: Partial<Stored>): Stored => ({ ...stored, ...changes });
  expect(haveSameTokens(stored, changed({ revision: "another", refreshStartedAt: undefined }))).toBe(true);
  expect(haveSameTokens(undefined, undefined)).toBe(true);
  expect(haveSameTokens(stored, undefined)).toBe(false);
  expect(haveSameTokens(stored, changed({ sessionId: "another" }))).toBe(false);
  const tokensOf = (accessToken: string, refreshToken: string) =>
    changed({ tokens: { accessToken, refreshToken } });
  expect(haveSameTokens(stored, tokensOf("another", "refresh"))).toBe(false);
  expect(haveSameTokens(stored, tokensOf("access", "another"))).toBe(false);
});
