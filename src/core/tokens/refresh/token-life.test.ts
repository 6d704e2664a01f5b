import { describe, expect, it } from "vitest";
import { localExpiryOf, measureLife, refreshNeed } from "./token-life.js";

const hour = 3_600_000;
const now = Date.UTC(2026, 0, 1);
const windows = { advisoryMs: 120_000, mandatoryMs: 30_000 };

function jwt(claims: { iat?: number; exp: number }): string {
  const seconds = Object.entries(claims).map(([name, ms]) => [name, ms / 1000]);
  return `e30.${btoa(JSON.stringify(Object.fromEntries(seconds)))}.sig`;
}

describe("the life of tokens that were just issued", () => {
  it("is unknown if the tokens have no expiry", () => {
    expect(measureLife({ accessToken: "opaque" }, now)).toEqual({});
  });

  it("is the time until their expiry, if the clocks agree", () => {
    expect(measureLife({ accessToken: "a", expiresAt: now + hour }, now)).toEqual({ lifetimeMs: hour });
    expect(measureLife({ accessToken: jwt({ iat: now, exp: now + hour }) }, now)).toEqual({
      lifetimeMs: hour,
    });
  });

  it("is the time until their expiry, if our clock is less than a minute behind", () => {
    const accessToken = jwt({ iat: now, exp: now + hour });
    expect(measureLife({ accessToken }, now - 59_000)).toEqual({ lifetimeMs: hour + 59_000 });
  });

  it("is by `expiresAt` rather than by a JWT's claims", () => {
    const tokens = { accessToken: jwt({ exp: now + hour }), expiresAt: now + hour / 2 };
    expect(measureLife(tokens, now)).toEqual({ lifetimeMs: hour / 2 });
    expect(localExpiryOf({ tokens })).toBe(now + hour / 2);
  });

  it("is the time that is left, if they were issued a while ago", () => {
    const accessToken = jwt({ iat: now - hour / 2, exp: now + hour / 2 });
    expect(measureLife({ accessToken }, now)).toEqual({ lifetimeMs: hour / 2 });
  });

  it.each([
    ["ahead", 2 * hour],
    ["behind", -2 * hour],
  ])("shows how far a clock is %s, if the token has the time of its issue", (_direction, skew) => {
    const tokens = { accessToken: jwt({ iat: now, exp: now + hour }) };
    const life = measureLife(tokens, now + skew);
    expect(life).toEqual({ lifetimeMs: hour, clockOffsetMs: -skew });
    expect(localExpiryOf({ tokens, ...life })).toBe(now + skew + hour);
  });

  it("is unknown if they have expired when they arrive", () => {
    const tokens = { accessToken: "a", expiresAt: now - hour };
    const life = measureLife(tokens, now);
    expect(life).toEqual({ clockOffsetMs: -hour });
    expect(localExpiryOf({ tokens, ...life })).toBe(Number.POSITIVE_INFINITY);
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
] as const)("with %d ms left of %s, a refresh is needed: %s", (leftMs, lifetimeMs, need) => {
  expect(refreshNeed(leftMs, lifetimeMs, windows)).toBe(need);
});
