import { describe, expect, it } from "vitest";
import { fromServer, layeredOver, read, type Sent } from "../../../test/support/scripted.js";
import { VirtualClock } from "../../mock/engine/time/virtual-clock.js";
import type { Clock as AnyClock } from "./clock.js";

/** A clock whose wall time can be set, and whose monotonic time cannot. */
function settableClock() {
  const inner = new VirtualClock();
  let shiftMs = 0;
  const clock: AnyClock = {
    now: () => inner.now() + shiftMs,
    monotonic: () => inner.now(),
    setTimeout: (callback, ms) => inner.setTimeout(callback, ms),
    sleep: (ms, signal) => inner.sleep(ms, signal),
  };
  return {
    clock,
    advance: (ms: number) => inner.advance(ms),
    setBack: (ms: number) => {
      shiftMs -= ms;
    },
  };
}

describe("a wall clock that is set during a call", () => {
  it("set back, it leads to no negative duration of an attempt or a call", async () => {
    const time = settableClock();
    const durations: (number | undefined)[] = [];
    const hooks = {
      onResponse: ({ durationMs }: { durationMs?: number | undefined }) => durations.push(durationMs),
      onCallEnd: ({ durationMs }: { durationMs: number }) => durations.push(durationMs),
    };
    const slow = () => {
      time.advance(20);
      time.setBack(3_600_000);
    };
    await layeredOver([slow], { clock: time.clock, hooks }).call(read);
    expect(durations).toEqual([20, 20]);
  });

  it.each([
    ["back", 3_600_000],
    ["forward", -3_600_000],
  ])("set %s by an hour, it changes neither the retries nor the time that is left", async (_, ms) => {
    const time = settableClock();
    const fails = (sent: Sent) => {
      time.setBack(ms);
      fromServer("unavailable")(sent);
    };
    const options = { clock: time.clock, retry: { random: () => 0 } };
    const { call, sent } = layeredOver([fails, "ok"], options);
    await call(read, { timeoutMs: 5_000 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 5_000]);

    const limited = layeredOver([fails, "ok"], { ...options, attemptTimeoutMs: 3_000 });
    await limited.call(read, { timeoutMs: 5_000 });
    expect(limited.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([3_000, 3_000]);
  });
});
