import { describe, expect, it, vi } from "vitest";
import { settled } from "../../../../test/support/promises.js";
import { epoch, VirtualClock } from "./virtual-clock.js";

/** Replaces the real time, which a running clock follows. The test moves it. */
function stubRealTime(): { ms: number } {
  const real = { ms: 1_000 };
  vi.stubGlobal(
    "Event",
    class {
      readonly timeStamp = real.ms;
    },
  );
  return real;
}

describe("a clock", () => {
  it("stands at 2026-01-01 until it is moved", () => {
    const clock = new VirtualClock();
    expect(new Date(clock.now()).toISOString()).toBe("2026-01-01T00:00:00.000Z");
    clock.advance("1d 2h");
    clock.advance(500);
    expect(clock.now()).toBe(epoch + 26 * 3_600_000 + 500);
  });

  it("starts at the given time", () => {
    expect(new VirtualClock("2030-05-01T00:00:00Z").now()).toBe(Date.UTC(2030, 4, 1));
    expect(new VirtualClock(new Date(7)).now()).toBe(7);
  });

  it.each(["25 hours", "", "h", "-1h", -1, Number.NaN, "1x"])("refuses %j as a duration", (duration) => {
    expect(() => new VirtualClock().advance(duration)).toThrow(/not a duration: give milliseconds.*"25h"/);
  });

  it("refuses an invalid date", () => {
    expect(() => new VirtualClock("soon")).toThrow(/"soon" is not a date/);
    expect(() => new VirtualClock().set("soon")).toThrow(RangeError);
  });

  it("fires timers in order, each at its own time", () => {
    const clock = new VirtualClock();
    const fired: [string, number][] = [];
    clock.setTimeout(() => fired.push(["late", clock.now() - epoch]), 2_000);
    clock.setTimeout(() => {
      fired.push(["early", clock.now() - epoch]);
      clock.setTimeout(() => fired.push(["nested", clock.now() - epoch]), 500);
    }, 1_000);
    const cancel = clock.setTimeout(() => fired.push(["cancelled", 0]), 1_200);
    cancel();
    cancel();
    clock.advance("1h");
    expect(fired).toEqual([
      ["early", 1_000],
      ["nested", 1_500],
      ["late", 2_000],
    ]);
    expect(clock.now()).toBe(epoch + 3_600_000);
  });

  it("reaches its new time although a timer throws, and then throws that error", () => {
    const clock = new VirtualClock();
    let fired = false;
    clock.setTimeout(() => {
      throw new Error("broken timer");
    }, 1);
    clock.setTimeout(() => {
      fired = true;
    }, 2);
    expect(() => clock.advance("1s")).toThrow("broken timer");
    expect(fired).toBe(true);
    expect(clock.now()).toBe(epoch + 1_000);
  });

  it("can be set, forward with timers and backward without", () => {
    const clock = new VirtualClock();
    let fired = 0;
    clock.setTimeout(() => fired++, 1_000);
    clock.set("2025-01-01T00:00:00Z");
    expect(fired).toBe(0);
    clock.set("2026-01-02T00:00:00Z");
    expect(fired).toBe(1);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 2));
  });

  it("sleeps without taking real time", async () => {
    const clock = new VirtualClock();
    // In real time, the runner would end this test.
    await clock.sleep(3_600_000);
    expect(clock.now()).toBe(epoch + 3_600_000);
  });

  it("lets sleeps end in the order of their time, with the timers between them", async () => {
    const clock = new VirtualClock();
    const order: string[] = [];
    clock.setTimeout(() => order.push("timer"), 1_500);
    await Promise.all([
      clock.sleep(2_000).then(() => order.push("second")),
      clock.sleep(1_000).then(() => order.push("first")),
    ]);
    expect(order).toEqual(["first", "timer", "second"]);
    expect(clock.now()).toBe(epoch + 2_000);
  });

  it("lets waits that end at the same time end in the order in which they began", () => {
    const clock = new VirtualClock();
    const order: number[] = [];
    for (const name of [1, 2, 3]) clock.setTimeout(() => order.push(name), 1_000);
    clock.advance("1s");
    expect(order).toEqual([1, 2, 3]);
  });

  it("fires a timer that was set before it began to run", async () => {
    const clock = new VirtualClock();
    const fired = new Promise<void>((resolve) => clock.setTimeout(resolve, 1));
    clock.run();
    await fired;
    clock.freeze();
    expect(clock.now()).toBeGreaterThan(epoch);
  });

  it("does not move for a timer alone", async () => {
    const clock = new VirtualClock();
    clock.setTimeout(() => {}, 10);
    await settled();
    expect(clock.now()).toBe(epoch);
  });

  it("ends a sleep at once when its signal aborts, with the signal's reason", async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const sleep = clock.sleep(1_000, controller.signal);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(clock.sleep(1_000, controller.signal)).rejects.toBe(reason);
    await settled();
    expect(clock.now()).toBe(epoch);
  });

  it("follows the real time while it runs, and stops when it is frozen", () => {
    const real = stubRealTime();
    const clock = new VirtualClock();
    clock.run();
    real.ms += 5;
    expect(clock.now()).toBe(epoch + 5);
    clock.advance("1h");
    real.ms += 2;
    expect(clock.now()).toBe(epoch + 3_600_007);
    clock.freeze();
    real.ms += 5;
    expect(clock.now()).toBe(epoch + 3_600_007);
  });
});

it("a clock has whole milliseconds, also after a client's back-off of a part of one", async () => {
  const clock = new VirtualClock();
  const start = clock.now();
  await clock.sleep(12.34);
  expect(clock.now()).toBe(start + 13);
});

it("a clock cannot go past the year 9999, the last year of the APIs' timestamps", async () => {
  const end = Date.UTC(10_000, 0, 1) - 1;
  const clock = new VirtualClock();
  expect(() => clock.advance(1e300)).toThrow(
    "the clock cannot advance by 1e+300: it would be after the year 9999, and the APIs have no timestamps for that",
  );
  for (const ms of [1e17, -1e17, end + 1]) expect(() => clock.set(ms)).toThrow(`${ms} is not in the years`);
  expect(clock.now()).toBe(epoch);

  await clock.sleep(1e300);
  expect(clock.now()).toBe(end);
  expect(() => clock.advance(1)).toThrow(RangeError);
});

it("a running clock stops at the end of the year 9999", () => {
  const real = stubRealTime();
  const clock = new VirtualClock();
  clock.set("9999-12-31T23:59:59.900Z");
  clock.run();
  real.ms += 3_600_000;
  const end = Date.UTC(10_000, 0, 1) - 1;
  expect(clock.now()).toBe(end);
  clock.freeze();
  expect(clock.now()).toBe(end);
});

it("a running clock that is set back runs on", () => {
  const clock = new VirtualClock();
  clock.run();
  clock.set("2025-01-01");
  expect(clock.isRunning).toBe(true);
  clock.freeze();
});
