import { describe, expect, it } from "vitest";
import { fromServer, layeredOver, read, type Sent } from "../../../test/support/scripted.js";
import { ShiftedClock } from "../../../test/support/shifted-clock.js";

describe("a wall clock that is set during a call", () => {
  it("set back, it leads to no negative duration of an attempt or a call", async () => {
    const clock = new ShiftedClock();
    const durations: (number | undefined)[] = [];
    const hooks = {
      onResponse: ({ durationMs }: { durationMs?: number | undefined }) => durations.push(durationMs),
      onCallEnd: ({ durationMs }: { durationMs: number }) => durations.push(durationMs),
    };
    const slow = () => {
      clock.inner.advance(20);
      clock.shiftMs = -3_600_000;
    };
    await layeredOver([slow], { clock, hooks }).call(read);
    expect(durations).toEqual([20, 20]);
  });

  it.each([
    ["back", 3_600_000],
    ["forward", -3_600_000],
  ])("set %s by an hour, it changes neither the retries nor the time that is left", async (_, ms) => {
    const clock = new ShiftedClock();
    const fails = (sent: Sent) => {
      clock.shiftMs -= ms;
      fromServer("unavailable")(sent);
    };
    const options = { clock, retry: { random: () => 0 } };
    const { call, sent } = layeredOver([fails, "ok"], options);
    await call(read, { timeoutMs: 5_000 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 5_000]);

    const limited = layeredOver([fails, "ok"], { ...options, attemptTimeoutMs: 3_000 });
    await limited.call(read, { timeoutMs: 5_000 });
    expect(limited.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([3_000, 3_000]);
  });
});
