import { expect, it, vi } from "vitest";
import { after, whenIdle } from "./wait.js";

/** How many message ports keep the process alive. */
function livePorts(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
}

it.each([
  ["whenIdle", whenIdle],
  ["after", (callback: () => void) => after(1, callback)],
])("%s keeps the process alive until it calls back or is canceled", async (_name, wait) => {
  const before = livePorts();
  for (let times = 0; times < 2; times++) {
    const called = new Promise<void>((resolve) => wait(resolve));
    expect(livePorts()).toBe(before + 1);
    await called;
    expect(livePorts()).toBe(before);
    const cancel = wait(() => {});
    expect(livePorts()).toBe(before + 1);
    cancel();
    cancel();
    expect(livePorts()).toBe(before);
  }
});

it("a wait that is canceled does not call back", async () => {
  const callback = vi.fn();
  after(1, callback)();
  whenIdle(callback)();
  await new Promise<void>((resolve) => after(2, resolve));
  expect(callback).not.toHaveBeenCalled();
});

it.each([
  ["MessageChannel", undefined],
  ["AbortSignal", {}],
])("a platform whose %s is %o waits by a timer", async (name, replacement) => {
  vi.stubGlobal(name, replacement);
  const before = livePorts();
  const called = new Promise<void>((resolve) => after(1, resolve));
  expect(livePorts()).toBe(before);
  await called;
});
