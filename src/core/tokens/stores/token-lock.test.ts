import { afterEach, describe, expect, it, vi } from "vitest";
import { CountingClock, failureOf, settled } from "../../../../test/support/scripted.js";
import { webLock } from "./token-lock.js";

/** Web Locks in which one lock is held by a tab that is frozen, until somebody steals it. */
function frozenLocks() {
  let isHeld = true;
  return {
    request: (_name: string, options: { signal?: AbortSignal; steal?: boolean }, work: () => unknown) => {
      if (options.steal) isHeld = false;
      if (!isHeld) return Promise.resolve(work());
      return new Promise((_resolve, reject) => {
        options.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      });
    },
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("webLock", () => {
  it("is nothing without Web Locks", () => {
    vi.stubGlobal("navigator", {});
    expect(webLock("tokens")).toBeUndefined();
  });

  it("takes over a lock that a frozen tab does not release", async () => {
    vi.stubGlobal("navigator", { locks: frozenLocks() });
    const clock = new CountingClock();
    const lock = webLock("tokens", clock);
    const result = lock?.(async () => "in", new AbortController().signal);
    await settled();
    clock.advance("15s");
    expect(await result).toBe("in");
    expect(clock.pending).toBe(0);
  });

  it("ends the wait when the signal aborts", async () => {
    vi.stubGlobal("navigator", { locks: frozenLocks() });
    const clock = new CountingClock();
    const controller = new AbortController();
    const failure = failureOf(
      webLock("tokens", clock)?.(async () => "in", controller.signal) ?? Promise.resolve(),
    );
    await settled();
    controller.abort("enough");
    expect(await failure).toBe("enough");
    expect(clock.pending).toBe(0);
  });

  it("lets the tab that lost the lock finish its work, once", async () => {
    const work = vi.fn(async () => {
      await settled();
      return "done";
    });
    const request = async (_name: string, _options: unknown, callback: () => Promise<unknown>) => {
      callback().catch(() => {});
      throw new DOMException("The lock was stolen.", "AbortError");
    };
    vi.stubGlobal("navigator", { locks: { request } });
    expect(await webLock("tokens", new CountingClock())?.(work, new AbortController().signal)).toBe("done");
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("rejects with what the work fails with", async () => {
    const request = (_name: string, _options: unknown, callback: () => Promise<unknown>) => callback();
    vi.stubGlobal("navigator", { locks: { request } });
    const failing = webLock("tokens", new CountingClock())?.(
      () => Promise.reject(new Error("inside")),
      new AbortController().signal,
    );
    await expect(failing).rejects.toThrow("inside");
  });
});
