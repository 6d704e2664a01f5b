import { describe, expect, it, vi } from "vitest";
import { CountingClock, countedSignal } from "../../../test/support/counted.js";
import { failureOf, settled } from "../../../test/support/promises.js";
import { layeredOver, read, write } from "../../../test/support/scripted.js";
import { CanceledError, DeadlineExceededError, NotFoundError } from "../errors/errors.js";

describe("a call's deadline", () => {
  it("ends it to the millisecond, even if the transport ignores its signal", async () => {
    const { call, clock, sent } = layeredOver(["hang"]);
    const pending = failureOf(call(read, { timeoutMs: 5_000 }));
    await settled();
    clock.advance(4_999);
    await settled();
    expect(sent[0]?.signal?.aborted).toBe(false);
    clock.advance(1);
    const error = await pending;
    expect(sent[0]?.signal?.aborted).toBe(true);
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({
      message: "GetUser: no response within 5000 ms (requests sent: 1)",
      attempts: 1,
    });
  });

  it("is one minute by default, or the client's, or the call's", async () => {
    for (const [options, own, expected] of [
      [{}, undefined, 60_000],
      [{ timeoutMs: 7_000 }, undefined, 7_000],
      [{ timeoutMs: 7_000 }, 3_000, 3_000],
    ] as const) {
      const { call, clock, sent } = layeredOver(["hang"], options);
      const pending = failureOf(call(read, own === undefined ? {} : { timeoutMs: own }));
      await settled();
      clock.advance(expected - 1);
      await settled();
      expect(sent[0]?.signal?.aborted).toBe(false);
      clock.advance(1);
      expect(await pending).toMatchObject({ code: "deadline_exceeded" });
    }
  });

  it("has the same error if the server enforces it", async () => {
    const { call } = layeredOver(["deadline_exceeded"]);
    expect(await failureOf(call(read))).toBeInstanceOf(DeadlineExceededError);
  });
});

describe("the caller's abort", () => {
  it.each([
    ["abort()", (controller: AbortController) => controller.abort()],
    ["abort(an Error)", (controller: AbortController) => controller.abort(new Error("left the page"))],
    ["abort(text)", (controller: AbortController) => controller.abort("left the page")],
    [
      "abort(an error of a call)",
      (controller: AbortController) => controller.abort(new NotFoundError("gone")),
    ],
  ])("%s throws a CanceledError, with its reason as the cause", async (_name, abort) => {
    const { call } = layeredOver(["hang"]);
    const controller = new AbortController();
    const pending = failureOf(call(read, { signal: controller.signal }));
    await settled();
    abort(controller);
    const error = await pending;
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({
      code: "canceled",
      cause: controller.signal.reason,
      message: "GetUser: canceled by the caller's signal (requests sent: 1)",
    });
  });

  it("before the call starts means that nothing is sent", async () => {
    const { call, sent } = layeredOver(["ok"]);
    const reason = new Error("before");
    const error = await failureOf(call(read, { signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: "canceled", attempts: 0, cause: reason });
    expect(sent).toHaveLength(0);
  });

  it("after the response has no effect", async () => {
    const { call } = layeredOver(["ok"]);
    const controller = new AbortController();
    const pending = call(read, { signal: controller.signal });
    await pending;
    controller.abort();
    expect(await pending.withResponse()).toMatchObject({ requestId: "req-1" });
  });

  it("by AbortSignal.timeout() throws a DeadlineExceededError", async () => {
    const { call } = layeredOver(["hang"]);
    const timedOut = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    const signal = AbortSignal.any([AbortSignal.abort(timedOut)]);
    expect(await failureOf(call(read, { signal }))).toBeInstanceOf(DeadlineExceededError);
  });

  it("takes precedence over the failure that it causes", async () => {
    const controller = new AbortController();
    const { call } = layeredOver([
      () => {
        controller.abort();
        throw new TypeError("fetch failed");
      },
    ]);
    expect(await failureOf(call(read, { signal: controller.signal }))).toBeInstanceOf(CanceledError);
  });
});

it("a call that the server cancels keeps the server's text", async () => {
  const { call } = layeredOver(["canceled"]);
  expect(await failureOf(call(read))).toMatchObject({ message: "GetUser: from the server" });
});

it.each(["ok", "not_found", "abort", "deadline"] as const)(
  "a call leaves no timer and no listener behind: %s",
  async (end) => {
    const clock = new CountingClock(0);
    const { signal, abort, listeners } = countedSignal();
    const added = vi.spyOn(AbortSignal.prototype, "addEventListener");
    const removed = vi.spyOn(AbortSignal.prototype, "removeEventListener");
    const outcome = end === "ok" || end === "not_found" ? end : "hang";
    const { call } = layeredOver([outcome], { clock, attemptTimeoutMs: 30_000, hooks: { onResponse() {} } });
    const pending = call(write, { signal }).catch(() => {});
    await settled();
    if (end === "abort") abort();
    if (end === "deadline") clock.advance(60_000);
    await pending;
    expect([clock.pending, listeners()]).toEqual([0, 0]);
    // Nor on a signal of its own.
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  },
);
