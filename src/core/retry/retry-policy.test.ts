import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../errors/error-code.js";
import { type RetryState, retryDelayMs } from "./retry-policy.js";

const unavailable = { code: "unavailable", retryAfterMs: undefined } as const;
const first: RetryState = {
  attempts: 1,
  timedOut: false,
  repeatable: true,
  remainingMs: 60_000,
  budget: 100,
};
const late: RetryState = { ...first, timedOut: true };
const full = { random: () => 1 };

describe("which failures are retried", () => {
  const codes: [ErrorCode, repeated: boolean][] = [
    ["canceled", false],
    ["unknown", false],
    ["invalid_argument", false],
    ["deadline_exceeded", false],
    ["not_found", false],
    ["already_exists", false],
    ["permission_denied", false],
    ["resource_exhausted", true],
    ["failed_precondition", false],
    ["aborted", true],
    ["out_of_range", false],
    ["unimplemented", false],
    ["internal", false],
    ["unavailable", true],
    ["data_loss", false],
    ["unauthenticated", false],
  ];

  it.each(codes)("%s: %s", (code, repeated) => {
    expect(retryDelayMs({ ...unavailable, code }, first, full) !== undefined).toBe(repeated);
    // An attempt that exceeded its own time limit, with any code.
    expect(retryDelayMs({ ...unavailable, code }, late, full)).toBe(200);
  });

  it("no failure of a call that is unsafe to retry", () => {
    expect(retryDelayMs(unavailable, { ...first, repeatable: false }, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, { ...late, repeatable: false }, full)).toBeUndefined();
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

  it("as long as the server requests, even if that is longer than its own limit", () => {
    expect(retryDelayMs({ ...unavailable, retryAfterMs: 15_000 }, first, full)).toBe(15_000);
    expect(retryDelayMs({ ...unavailable, retryAfterMs: 0 }, first, full)).toBe(0);
  });

  it("not at all if the deadline is earlier", () => {
    expect(retryDelayMs({ ...unavailable, retryAfterMs: 60_000 }, first, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, { ...first, remainingMs: 200 }, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, { ...first, remainingMs: 201 }, full)).toBe(200);
    expect(retryDelayMs(unavailable, { ...first, remainingMs: Number.POSITIVE_INFINITY }, full)).toBe(200);
  });
});

describe("when it stops", () => {
  it("after four attempts, or after `maxAttempts`", () => {
    expect(retryDelayMs(unavailable, { ...first, attempts: 3 }, full)).toBe(800);
    expect(retryDelayMs(unavailable, { ...first, attempts: 4 }, full)).toBeUndefined();
    expect(retryDelayMs(unavailable, first, { ...full, maxAttempts: 1 })).toBeUndefined();
  });

  it("never with an endless budget and no delay", () => {
    const endless = { ...full, maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: 0 };
    expect(retryDelayMs(unavailable, { ...first, attempts: 5_000 }, endless)).toBe(0);
  });

  it("when the client's budget is spent", () => {
    expect(retryDelayMs(unavailable, { ...first, budget: 1 }, full)).toBe(200);
    expect(retryDelayMs(unavailable, { ...first, budget: 0.9 }, full)).toBeUndefined();
  });
});
