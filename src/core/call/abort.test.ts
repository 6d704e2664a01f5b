import { describe, expect, it, vi } from "vitest";
import { CountingClock, countedSignal } from "../../../test/support/counted.js";
import { failureOf } from "../../../test/support/promises.js";
import { isTimeout, within } from "./abort.js";

const forever = () => new Promise<never>(() => {});

describe("within", () => {
  it("settles with the result of its work, and leaves no timer and no listener behind", async () => {
    const clock = new CountingClock(0);
    const { signal, listeners } = countedSignal();
    expect(await within({ signal, timeoutMs: 100, clock }, async () => "done")).toBe("done");
    const failing = within({ signal, timeoutMs: 100, clock }, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("does not start after the end, and rejects with the signal's own reason", async () => {
    const clock = new CountingClock(0);
    const work = vi.fn(forever);
    const reason = new Error("changed my mind");
    expect(await failureOf(within({ signal: AbortSignal.abort(reason), clock }, work))).toBe(reason);
    expect(isTimeout(await failureOf(within({ timeoutMs: 0, clock }, work)))).toBe(true);
    expect(work).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it("ends at once on abort, even if the work ignores its signal", async () => {
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

  it("rejects if the work throws before it returns a promise", async () => {
    const clock = new CountingClock(0);
    const { signal, listeners } = countedSignal();
    const failing = within({ signal, timeoutMs: 100, clock }, () => {
      throw new Error("at once");
    });
    await expect(failing).rejects.toThrow("at once");
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  });

  it("has no deadline unless one is given", async () => {
    const clock = new CountingClock(0);
    const work = within({ clock }, async () => {
      expect(clock.pending).toBe(0);
      return 1;
    });
    expect(await work).toBe(1);
  });
});
