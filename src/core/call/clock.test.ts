import { describe, expect, it, vi } from "vitest";
import { countedSignal } from "../../../test/support/counted.js";
import { failureOf } from "../../../test/support/promises.js";
import { monotonicTime, systemClock } from "./clock.js";

describe("the platform's clock", () => {
  it("measures durations correctly if the system's time is set back", () => {
    const before = monotonicTime(systemClock);
    vi.spyOn(Date, "now").mockReturnValue(0);
    expect(monotonicTime(systemClock)).toBeGreaterThanOrEqual(before);
  });

  it("ends a sleep at once on abort", async () => {
    const controller = new AbortController();
    const sleep = failureOf(systemClock.sleep(1_000_000, controller.signal));
    controller.abort("enough");
    expect(await sleep).toBe("enough");
    expect(await failureOf(systemClock.sleep(1, AbortSignal.abort("before")))).toBe("before");
  });

  it("sleeps for the given time, and leaves no timer and no listener behind", async () => {
    vi.useFakeTimers();
    try {
      const { signal, abort, listeners } = countedSignal();
      const slept = systemClock.sleep(1_000, signal);
      vi.advanceTimersByTime(999);
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(1);
      await slept;
      expect(listeners()).toBe(0);
      const aborted = failureOf(systemClock.sleep(1_000, signal));
      abort("enough");
      expect(await aborted).toBe("enough");
      expect([vi.getTimerCount(), listeners()]).toEqual([0, 0]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("accepts a delay that is too long for the platform's timers", () => {
    vi.useFakeTimers();
    try {
      const callback = vi.fn();
      const cancel = systemClock.setTimeout(callback, 2 ** 40);
      vi.advanceTimersByTime(1_000_000);
      expect(callback).not.toHaveBeenCalled();
      cancel();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
