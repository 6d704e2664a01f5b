import { describe, expect, it } from "vitest";
import { Clock, failureOf, settled } from "../../../../test/support/scripted.js";
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
    const parts = { lock, clock: new Clock(), limitMs: 10_000, signal: controller.signal };
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
    const clock = new Clock();
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
});
