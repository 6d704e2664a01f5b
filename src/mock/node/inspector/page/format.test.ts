import { expect, it } from "vitest";
import { count, dayOf, spanOf, timeOfDay, toneOf } from "./format.js";
import { effectText, isUsedUp, scopeText } from "./views/fault-text.js";

it.each([
  [undefined, "0 ms"],
  ["0.200s", "200 ms"],
  ["1.5s", "1.5 s"],
  ["120s", "2 min"],
  ["90000s", "25 h"],
  ["1209600s", "14 d"],
])("a span of %s is %s", (duration, text) => {
  expect(spanOf(duration)).toBe(text);
});

it("a time has a day and a time of day, in UTC", () => {
  expect([dayOf("2026-01-31T23:59:59.500Z"), timeOfDay("2026-01-31T23:59:59.500Z")]).toEqual([
    "31 January 2026",
    "23:59:59.500",
  ]);
  expect(timeOfDay("2026-01-31T23:59:59Z")).toBe("23:59:59");
  expect([dayOf(undefined), timeOfDay(undefined)]).toEqual(["", ""]);
});

it("an outcome has a colour", () => {
  expect(["ok", "pending", "not_found", "unavailable"].map((code) => toneOf(code))).toEqual([
    "good",
    "warning",
    "warning",
    "bad",
  ]);
  expect(toneOf("ok", "cut_json")).toBe("bad");
});

it("a count has its noun in the singular or the plural", () => {
  expect([count(0, "call"), count(1, "call"), count(1_000, "call")]).toEqual([
    "0 calls",
    "1 call",
    "1,000 calls",
  ]);
});

it.each([
  [{ code: "unavailable", retryAfter: "1s" }, "unavailable, Retry-After 1 s", "every RPC"],
  [{ latency: "0.2s", method: "GetUser", every: 3 }, "delayed by 200 ms", "GetUser, one call in 3"],
  [{ wire: "cut_json", latency: "2s", times: 1 }, "cut_json, after 2 s", "every RPC, once"],
  [
    { code: "internal", accountId: "acme", after: 2, times: 2, probability: 0.5 },
    "internal",
    "every RPC, account acme, after the first 2, 50 % of them, 2 times",
  ],
])("a fault is described in words: %j", (fault, effect, scope) => {
  expect([effectText(fault), scopeText(fault)]).toEqual([effect, scope]);
});

it("a fault is over after its last hit", () => {
  expect([isUsedUp({ times: 2 }, 1), isUsedUp({ times: 2 }, 2), isUsedUp({}, 100)]).toEqual([
    false,
    true,
    false,
  ]);
});
