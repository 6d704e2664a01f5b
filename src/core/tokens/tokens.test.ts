import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { readTokens } from "./tokens.js";

const at = Date.UTC(2026, 0, 1);

describe("expiresAt", () => {
  it.each([
    ["a Date", new Date(at)],
    ["a Date of another realm", runInNewContext(`new Date(${at})`)],
    ["milliseconds", at],
    ["an ISO string", "2026-01-01T00:00:00.000Z"],
    ["an ISO string with an offset", "2026-01-01T02:00:00+02:00"],
    ["an ISO string without a zone, which means UTC", "2026-01-01T00:00"],
    ["an ISO date", "2026-01-01"],
  ])("is read from %s", (_kind, expiresAt) => {
    expect(readTokens({ accessToken: "a", expiresAt })).toEqual({ accessToken: "a", expiresAt: at });
  });

  it.each([
    ["seconds", at / 1000],
    ["a span in milliseconds", 3_600_000],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["an invalid Date", new Date(Number.NaN)],
    ["a number in a text", String(at)],
    ["a text that is not ISO", "1/2/2026"],
    ["a day that is none", "2026-13-01"],
    ["null", null],
    ["an object", {}],
    ["a date before 2001", new Date("2000-12-31T23:59:59Z")],
    ["a date beyond all dates", 9e15],
  ])("is refused if it is %s, and the text explains the format", (_kind, expiresAt) => {
    expect(readTokens({ accessToken: "a", expiresAt })).toMatch(/expiresAt: give .* such as Date\.now\(\)/);
  });

  it.each(["expiresIn", "expires_in", "expires_at"])(
    "is named in the error if there is %s instead",
    (name) => {
      expect(readTokens({ accessToken: "a", [name]: 3_600 })).toMatch(`has ${name}: give expiresAt`);
    },
  );
});

it.each([
  [undefined, "is not an object"],
  ["token", "is not an object"],
  [{}, "has no accessToken"],
  [{ accessToken: "" }, "has no accessToken"],
  [{ access_token: "a" }, "has access_token: give accessToken instead"],
  [{ accessToken: "a", refresh_token: "r" }, "has refresh_token: give refreshToken instead"],
  [{ accessToken: "a", refreshToken: 7 }, "has a refreshToken that is not a string"],
])("%j is refused", (value, text) => {
  expect(readTokens(value)).toMatch(text);
});

it("an ISO string without a zone means UTC on a machine of another zone too", () => {
  vi.stubEnv("TZ", "America/New_York");
  expect(new Date(at).getTimezoneOffset()).toBe(300);
  for (const expiresAt of ["2026-01-01T00:00", "2026-01-01 00:00:00", "2026-01-01"]) {
    expect(readTokens({ accessToken: "a", expiresAt })).toEqual({ accessToken: "a", expiresAt: at });
  }
});

it("OAuth's names are ignored if our names are there too, or if they have no value", () => {
  const refreshed = { access_token: "a", refresh_token: "r", accessToken: "a", refreshToken: "r" };
  expect(readTokens(refreshed)).toEqual({ accessToken: "a", refreshToken: "r" });
  expect(readTokens({ accessToken: "a", refresh_token: null })).toEqual({ accessToken: "a" });
});

it("an empty refresh token counts as missing", () => {
  expect(readTokens({ accessToken: "a", refreshToken: "" })).toEqual({ accessToken: "a" });
});
