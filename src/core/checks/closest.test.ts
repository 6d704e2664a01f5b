import { expect, it } from "vitest";
import { closest } from "./closest.js";

const names = [
  "timeoutMs",
  "attemptTimeoutMs",
  "retry",
  "hooks",
  "headers",
  "baseUrl",
  "auth",
  "fetch",
  "signal",
];

it.each([
  ["timeout", "timeoutMs"],
  ["timeoutms", "timeoutMs"],
  ["attemptTimeout", "attemptTimeoutMs"],
  ["baseURL", "baseUrl"],
  ["url", "baseUrl"],
  ["header", "headers"],
  ["hook", "hooks"],
  ["retries", "retry"],
  ["singal", "signal"],
  ["auht", "auth"],
  ["authorization", "auth"],
  ["apiKey", "auth"],
  ["refreshToken", "auth"],
])("for %s, %s is meant", (wrong, meant) => {
  expect(closest(wrong, names)).toBe(meant);
});

it.each(["", "x", "format", "clock", "foo"])("for %o, none is", (wrong) => {
  expect(closest(wrong, names)).toBeUndefined();
});

it("a key is not `auth` if there is no such option", () => {
  expect(closest("apiKey", ["load", "save"])).toBeUndefined();
});
