import { describe, expect, it, vi } from "vitest";
import { CountingClock, countedSignal, failureOf } from "../../test/support/scripted.js";
import { isTimeout, until, within } from "./abort.js";
import { systemClock } from "./clock.js";

const forever = () => new Promise<never>(() => {});

describe("within", () => {
  it("settles as its work does, and leaves no timer and no listener", async () => {
    const clock = new CountingClock(0);
    const { signal, listeners } = countedSignal();
    expect(await within({ signal, timeoutMs: 100, clock }, async () => "done")).toBe("done");
    const failing = within({ signal, timeoutMs: 100, clock }, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("does not begin what is over already, and rejects with the signal's own reason", async () => {
    const clock = new CountingClock(0);
    const work = vi.fn(forever);
    const reason = new Error("changed my mind");
    expect(await failureOf(within({ signal: AbortSignal.abort(reason), clock }, work))).toBe(reason);
    expect(isTimeout(await failureOf(within({ timeoutMs: 0, clock }, work)))).toBe(true);
    expect(work).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it("ends at once on abort, also work that does not listen", async () => {
    const clock = new CountingClock(0);
    const { signal, abort, listeners } = countedSignal();
    let inner: AbortSignal | undefined;
    const ended = failureOf(
      within({ signal, timeoutMs: 100, clock }, (bounded) => {
        inner = bounded;
        return forever();
      }),
    );
    abort("enough");
    expect(await ended).toBe("enough");
    expect(inner?.reason).toBe("enough");
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("ends when time is up, with a TimeoutError", async () => {
    const clock = new CountingClock(0);
    const { signal, listeners } = countedSignal();
    const ended = failureOf(within({ signal, timeoutMs: 100, clock }, forever));
    clock.advance(99);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(isTimeout(await ended)).toBe(true);
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("takes work that throws before it has a promise for work that rejects", async () => {
    const clock = new CountingClock(0);
    const { signal, listeners } = countedSignal();
    const failing = within({ signal, timeoutMs: 100, clock }, () => {
      throw new Error("at once");
    });
    await expect(failing).rejects.toThrow("at once");
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("has no deadline where none is given", async () => {
    const clock = new CountingClock(0);
    const work = within({ clock }, async () => {
      expect(clock.pending).toBe(0);
      return 1;
    });
    expect(await work).toBe(1);
  });
});

describe("until", () => {
  it("settles as its work does, and leaves no listener", async () => {
    const { signal, listeners } = countedSignal();
    expect(await until(signal, async () => "done")).toBe("done");
    await expect(until(signal, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const throwing = until(signal, () => {
      throw new Error("at once");
    });
    await expect(throwing).rejects.toThrow("at once");
    expect(listeners()).toBe(0);
    expect(await until(undefined, async () => "unbounded")).toBe("unbounded");
  });

  it("ends at once on abort, also work that does not listen, and does not begin after it", async () => {
    const { signal, abort } = countedSignal();
    const ended = failureOf(until(signal, forever));
    abort("enough");
    expect(await ended).toBe("enough");
    const work = vi.fn(forever);
    expect(await failureOf(until(signal, work))).toBe("enough");
    expect(work).not.toHaveBeenCalled();
  });
});

describe("the platform's clock", () => {
  it("ends a sleep at once on abort", async () => {
    const controller = new AbortController();
    const sleep = failureOf(systemClock.sleep(1_000_000, controller.signal));
    controller.abort("enough");
    expect(await sleep).toBe("enough");
    expect(await failureOf(systemClock.sleep(1, AbortSignal.abort("before")))).toBe("before");
  });

  it("takes a delay longer than the platform's timers do", () => {
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
