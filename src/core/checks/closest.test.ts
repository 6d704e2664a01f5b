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
  ["maxRetries", "retry"],
  ["singal", "signal"],
  ["auht", "auth"],
  ["authorization", "auth"],
  ["apiKey", "auth"],
  ["refreshToken", "auth"],
])("%s is similar to %s", (wrong, meant) => {
  expect(closest(wrong, names)).toBe(meant);
});

it.each(["", "x", "format", "clock", "foo"])("%o is similar to no option", (wrong) => {
  expect(closest(wrong, names)).toBeUndefined();
});

it("the most similar name is returned", () => {
  expect(closest("attemptTimeouts", names)).toBe("attemptTimeoutMs");
});

it("`apiKey` suggests `auth`, and `maxRetries` suggests `retry`, only if there is such an option", () => {
  expect(closest("apiKey", ["load", "save"])).toBeUndefined();
  expect(closest("maxRetries", ["load", "save"])).toBeUndefined();
});
