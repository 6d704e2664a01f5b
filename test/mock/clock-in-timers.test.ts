import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

describe("a timer may change the clock that calls it", () => {
  it("a reset in a timer returns to the time of the start, and the advance ends there", () => {
    const server = createMockServer();
    const start = server.clock.now();
    const fired: string[] = [];
    server.clock.setTimeout(() => server.reset(), 1_000);
    server.clock.setTimeout(() => fired.push("late"), 2_000);
    server.clock.advance("1h");
    expect([server.clock.now(), fired]).toEqual([start, []]);
  });

  it("an earlier time that a timer sets stays, and later timers still wait", () => {
    const { clock } = createMockServer();
    const start = clock.now();
    const fired: number[] = [];
    clock.setTimeout(() => clock.set(start), 1_000);
    clock.setTimeout(() => fired.push(clock.now() - start), 2_000);
    clock.advance("1h");
    expect([clock.now() - start, fired]).toEqual([0, []]);
    clock.advance("2s");
    expect([clock.now() - start, fired]).toEqual([2_000, [2_000]]);
  });

  it("a running clock that a timer freezes stands still", () => {
    const { clock } = createMockServer();
    const running: boolean[] = [];
    clock.run();
    clock.setTimeout(() => {
      running.push(clock.isRunning);
      clock.freeze();
    }, 1_000);
    clock.advance("1m");
    expect([running, clock.isRunning]).toEqual([[true], false]);
  });

  it("a reset in a timer of a running clock stops it", () => {
    const server = createMockServer();
    const start = server.clock.now();
    server.clock.run();
    server.clock.setTimeout(() => server.reset(), 1_000);
    server.clock.advance("1m");
    expect([server.clock.isRunning, server.clock.now()]).toEqual([false, start]);
  });

  it("a running clock that a timer advances runs on", () => {
    const { clock } = createMockServer();
    clock.run();
    clock.setTimeout(() => clock.advance("1h"), 1_000);
    clock.advance("1s");
    expect(clock.isRunning).toBe(true);
    clock.freeze();
  });
});
