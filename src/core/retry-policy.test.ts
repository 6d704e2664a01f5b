import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { type FailedAttempt, type RetryState, retryDelayMs } from "./retry-policy.js";

const unavailable: FailedAttempt = {
  code: Code.Unavailable,
  noAnswer: false,
  unsent: false,
  retryAfterMs: undefined,
};
const first: RetryState = { attempts: 1, repeatable: true, remainingMs: 60_000, budget: 100 };
const full = { random: () => 1 };

describe("which failures are repeated", () => {
  const codes = Object.values(Code).filter((code) => typeof code === "number");
  it.each(codes.map((code) => [Code[code], code] as const))("%s", (_name, code) => {
    const repeated = [Code.Unavailable, Code.ResourceExhausted, Code.Aborted].includes(code);
    expect(retryDelayMs({ ...unavailable, code }, first, full) !== undefined).toBe(repeated);
    // No answer at all: whatever code the transport gave it.
    expect(retryDelayMs({ ...unavailable, code, noAnswer: true }, first, full)).toBe(200);
  });

  it("a method that is not safe to repeat only when the server can't have acted", () => {
    const once = { ...first, repeatable: false };
    expect(retryDelayMs(unavailable, once, full)).toBeUndefined();
    expect(retryDelayMs({ ...unavailable, noAnswer: true }, once, full)).toBeUndefined();
    expect(retryDelayMs({ ...unavailable, noAnswer: true, unsent: true }, once, full)).toBe(200);
    // Proof that it did not act is no reason to repeat what would fail again.
    expect(retryDelayMs({ ...unavailable, code: Code.NotFound, unsent: true }, once, full)).toBeUndefined();
  });
});

describe("how long it waits", () => {
  it("doubles from 200 ms to 10 s, with full jitter", () => {
    const delays = (random: () => number) =>
      [1, 2, 3, 6, 7, 20].map((attempts) =>
        retryDelayMs(unavailable, { ...first, attempts }, { maxAttempts: 99, random }),
      );
    expect(delays(() => 1)).toEqual([200, 400, 800, 6_400, 10_000, 10_000]);
    expect(delays(() => 0.5)).toEqual([100, 200, 400, 3_200, 5_000, 5_000]);
    expect(delays(() => 0)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("as long as the server asks, longer than its own limit too", () => {
    expect(retryDelayMs({ ...unavailable, retryAfterMs: 15_000 }, first, full)).toBe(15_000);
    expect(retryDelayMs({ ...unavailable, retryAfterMs: 0 }, first, full)).toBe(0);
  });

  it("not at all where the deadline would pass meanwhile", () => {
    expect(retryDelayMs({ ...unavailable, retryAfterMs: 60_000 }, first, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, { ...first, remainingMs: 200 }, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, { ...first, remainingMs: 201 }, full)).toBe(200);
    expect(retryDelayMs(unavailable, { ...first, remainingMs: Number.POSITIVE_INFINITY }, full)).toBe(200);
  });
});

describe("when it stops", () => {
  it("after four attempts, or as many as are set", () => {
    expect(retryDelayMs(unavailable, { ...first, attempts: 3 }, full)).toBe(800);
    expect(retryDelayMs(unavailable, { ...first, attempts: 4 }, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, first, { ...full, maxAttempts: 1 })).toBeUndefined();
  });

  it("when the client's budget is spent", () => {
    expect(retryDelayMs(unavailable, { ...first, budget: 1 }, full)).toBe(200);
    expect(retryDelayMs(unavailable, { ...first, budget: 0.9 }, full)).toBeUndefined();
  });
});
