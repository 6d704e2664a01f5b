import { describe, expect, it } from "vitest";
import { failureOf, settled } from "../../../../test/support/promises.js";
import { VirtualClock } from "../../../mock/engine/time/virtual-clock.js";
import { exclusively } from "./exclusively.js";
import type { TokenLock } from "./token-lock.js";

/** A promise that resolves when `open` is called. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe("work under a lock", () => {
  it("does not begin after its caller has left, even if the lock ignores the signal", async () => {
    const turn = gate();
    const lock: TokenLock = (critical) => turn.passed.then(critical);
    const controller = new AbortController();
    let runs = 0;
    const parts = { lock, clock: new VirtualClock(), limitMs: 10_000, signal: controller.signal };
    const result = exclusively({ ...parts, look: async () => "needed" }, async () => ++runs);
    controller.abort("signed out");
    expect(await failureOf(result)).toBe("signed out");
    turn.open();
    await settled();
    expect(runs).toBe(0);
  });

  it("that has begun is completed, even if a check finds later that it is not needed", async () => {
    const [turn, check, work] = [gate(), gate(), gate()];
    const lock: TokenLock = (critical) => turn.passed.then(critical);
    const clock = new VirtualClock();
    const parts = { lock, clock, limitMs: 10_000, signal: new AbortController().signal };
    const result = exclusively({ ...parts, look: () => check.passed }, () =>
      work.passed.then(() => "refreshed"),
    );
    clock.advance(250);
    turn.open();
    await settled();
    check.open();
    await settled();
    work.open();
    expect(await result).toBe("refreshed");
  });

  it("leaves no timer behind if its caller leaves during a check, although the lock ignores that", async () => {
    const [turn, check] = [gate(), gate()];
    const lock: TokenLock = async (critical) => {
      await turn.passed;
      await critical().catch(() => {});
      return new Promise(() => {});
    };
    const [clock, controller] = [new VirtualClock(), new AbortController()];
    const parts = { lock, clock, limitMs: 10_000, signal: controller.signal };
    const result = exclusively({ ...parts, look: () => check.passed.then(() => "needed") }, async () => 1);
    clock.advance(250);
    controller.abort("signed out");
    expect(await failureOf(result)).toBe("signed out");
    check.open();
    turn.open();
    await settled();
    expect(clock.skip()).toBe(false);
  });

  it("does not wait for the lock if its caller has left before", async () => {
    const lock: TokenLock = () => Promise.reject("asked for the lock");
    const parts = {
      lock,
      clock: new VirtualClock(),
      limitMs: 10_000,
      signal: AbortSignal.abort("signed out"),
    };
    const result = exclusively({ ...parts, look: async () => "needed" }, async () => "refreshed");
    expect(await failureOf(result)).toBe("signed out");
    expect(parts.clock.skip()).toBe(false);
  });

  it("begins without the lock after the limit, and leaves the queue for it", async () => {
    const waits: AbortSignal[] = [];
    const lock: TokenLock = (_critical, signal) => {
      waits.push(signal);
      return new Promise(() => {});
    };
    const clock = new VirtualClock();
    const parts = { lock, clock, limitMs: 10_000, signal: new AbortController().signal };
    const result = exclusively({ ...parts, look: async () => "needed" }, async () => "refreshed");
    clock.advance(10_000);
    expect(await result).toBe("refreshed");
    expect(waits).toMatchObject([{ aborted: true }]);
  });

  it("ends a while after it has failed, even if the lock is never released", async () => {
    const lock: TokenLock = async (critical) => {
      await critical().catch(() => {});
      return new Promise(() => {});
    };
    const clock = new VirtualClock();
    const parts = { lock, clock, limitMs: 10_000, signal: new AbortController().signal };
    const result = failureOf(
      exclusively({ ...parts, look: async () => "needed" }, () => Promise.reject("refused")),
    );
    await settled();
    clock.advance(10_000);
    const ended = await Promise.race([result, settled().then(() => "still waits")]);
    expect(ended).toBe("refused");
  });

  it("does not begin if a check during the wait fails", async () => {
    const lock: TokenLock = () => new Promise(() => {});
    const clock = new VirtualClock();
    const parts = { lock, clock, limitMs: 10_000, signal: new AbortController().signal };
    const look = () => Promise.reject("the store is down");
    let runs = 0;
    const result = failureOf(exclusively({ ...parts, look }, async () => ++runs));
    clock.advance(250);
    expect(await Promise.race([result, settled().then(() => "still waits")])).toBe("the store is down");
    expect([runs, clock.skip()]).toEqual([0, false]);
  });
});
