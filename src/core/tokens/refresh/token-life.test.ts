import { describe, expect, it } from "vitest";
import { learn, localEndOf, needOf } from "./token-life.js";

const hour = 3_600_000;
const now = Date.UTC(2026, 0, 1);
const windows = { advisoryMs: 120_000, mandatoryMs: 30_000 };

function jwt(claims: { iat?: number; exp: number }): string {
  const seconds = Object.entries(claims).map(([name, ms]) => [name, ms / 1000]);
  return `e30.${btoa(JSON.stringify(Object.fromEntries(seconds)))}.sig`;
}

describe("what a fresh token teaches", () => {
  it("nothing if it does not say when it ends", () => {
    expect(learn({ accessToken: "opaque" }, now)).toEqual({});
  });

  it("its life, if the clocks agree", () => {
    expect(learn({ accessToken: "a", expiresAt: now + hour }, now)).toEqual({ lifetimeMs: hour });
    expect(learn({ accessToken: jwt({ iat: now, exp: now + hour }) }, now)).toEqual({ lifetimeMs: hour });
  });

  it("its rest, if it was issued a while ago", () => {
    const accessToken = jwt({ iat: now - hour / 2, exp: now + hour / 2 });
    expect(learn({ accessToken }, now)).toEqual({ lifetimeMs: hour / 2 });
  });

  it.each([
    ["ahead", 2 * hour],
    ["behind", -2 * hour],
  ])("how far a clock is %s, if the token says when it was issued", (_direction, skew) => {
    const tokens = { accessToken: jwt({ iat: now, exp: now + hour }) };
    const learned = learn(tokens, now + skew);
    expect(learned).toEqual({ lifetimeMs: hour, clockOffsetMs: -skew });
    expect(localEndOf({ tokens, ...learned })).toBe(now + skew + hour);
  });

  it("that its end means nothing, if it is over when it comes", () => {
    const tokens = { accessToken: "a", expiresAt: now - hour };
    const learned = learn(tokens, now);
    expect(learned).toEqual({ clockOffsetMs: -hour });
    expect(localEndOf({ tokens, ...learned })).toBe(Number.POSITIVE_INFINITY);
  });
});

it.each([
  [hour, hour, "not"],
  [120_000, hour, "soon"],
  [30_000, hour, "now"],
  [-1, hour, "now"],
  // The windows are at most a half and a quarter of the token's life.
  [31_000, 60_000, "not"],
  [30_000, 60_000, "soon"],
  [15_000, 60_000, "now"],
  [120_000, undefined, "soon"],
  [Number.POSITIVE_INFINITY, undefined, "not"],
] as const)("with %d ms left of %s a successor is needed: %s", (leftMs, lifetimeMs, need) => {
  expect(needOf(leftMs, lifetimeMs, windows)).toBe(need);
});
