import { Code, ConnectError, createContextKey, createContextValues } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  CountingClock,
  countedSignal,
  failureOf,
  layeredOver,
  read,
  settled,
  write,
} from "../../test/support/scripted.js";
import { CanceledError, DeadlineExceededError, NotFoundError } from "./errors.js";

describe("a call's deadline", () => {
  it("ends it to the millisecond, also where the transport doesn't listen", async () => {
    const { call, clock } = layeredOver(["hang"]);
    const answer = failureOf(call(read, { timeoutMs: 5_000 }));
    await settled();
    clock.advance(4_999);
    await settled();
    clock.advance(1);
    const error = await answer;
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({
      message: "[deadline_exceeded] GetUser: no answer within 5000 ms; requests sent: 1",
      attempts: 1,
    });
  });

  it("is a minute by default, the client's own, or the call's", async () => {
    for (const [options, own, expected] of [
      [{}, undefined, 60_000],
      [{ timeoutMs: 7_000 }, undefined, 7_000],
      [{ timeoutMs: 7_000 }, 3_000, 3_000],
    ] as const) {
      const { call, clock } = layeredOver(["hang"], options);
      const answer = failureOf(call(read, own === undefined ? {} : { timeoutMs: own }));
      await settled();
      clock.advance(expected - 1);
      await settled();
      clock.advance(1);
      await answer;
      expect(clock.now()).toBe(expected);
    }
  });

  it("tells the transport beneath to end", async () => {
    const { call, clock, sent } = layeredOver(["hang"]);
    const answer = failureOf(call(read, { timeoutMs: 100 }));
    await settled();
    expect(sent[0]?.signal?.aborted).toBe(false);
    clock.advance(100);
    await answer;
    expect(sent[0]?.signal?.aborted).toBe(true);
  });

  it("is the server's as well: the answer that says so is the same error", async () => {
    const { call } = layeredOver([Code.DeadlineExceeded]);
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
  ])("%s gives CanceledError, with its reason as the cause", async (_name, abort) => {
    const { call } = layeredOver(["hang"]);
    const controller = new AbortController();
    const answer = failureOf(call(read, { signal: controller.signal }));
    await settled();
    abort(controller);
    const error = await answer;
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({
      code: Code.Canceled,
      cause: controller.signal.reason,
      message: "[canceled] GetUser: canceled by the caller's signal; requests sent: 1",
    });
  });

  it("before the call sends nothing", async () => {
    const { call, sent } = layeredOver(["ok"]);
    const reason = new Error("before");
    const error = await failureOf(call(read, { signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: Code.Canceled, attempts: 0, cause: reason });
    expect(sent).toHaveLength(0);
  });

  it("after the answer changes nothing", async () => {
    const { call } = layeredOver(["ok"]);
    const controller = new AbortController();
    const answer = await call(read, { signal: controller.signal });
    controller.abort();
    expect(answer.header.get("x-request-id")).toBe("req-1");
  });

  it("by AbortSignal.timeout() gives DeadlineExceededError", async () => {
    const { call } = layeredOver(["hang"]);
    const timedOut = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    const signal = AbortSignal.any([AbortSignal.abort(timedOut)]);
    expect(await failureOf(call(read, { signal }))).toBeInstanceOf(DeadlineExceededError);
  });

  it("goes before what it made of the attempt", async () => {
    const controller = new AbortController();
    const { call } = layeredOver([
      () => {
        controller.abort();
        throw new TypeError("fetch failed");
      },
    ]);
    expect(await failureOf(call(read, { signal: controller.signal }))).toBeInstanceOf(CanceledError);
  });

  it("from the server is what the server says", async () => {
    const { call } = layeredOver([Code.Canceled]);
    expect(await failureOf(call(read))).toMatchObject({ message: "[canceled] GetUser: from the server" });
  });
});

it("leaves no timer and no listener behind, however it ends", async () => {
  for (const outcome of ["ok", Code.NotFound, "hang", "hang"] as const) {
    const clock = new CountingClock(0);
    const { signal, abort, listeners } = countedSignal();
    const { call } = layeredOver([outcome], { clock, attemptTimeoutMs: 30_000, hooks: { onResponse() {} } });
    const answer = call(write, { signal }).catch(() => {});
    await settled();
    if (outcome === "hang") abort();
    await answer;
    expect([clock.pending, listeners()]).toEqual([0, 0]);
  }
});

it("leaves the caller's context values alone, and hands them on", async () => {
  const key = createContextKey("none");
  const values = createContextValues().set(key, "mine");
  let seen: string | undefined;
  const { transport } = layeredOver(["ok"], {});
  await transport.unary(read, undefined, undefined, undefined, {}, values);
  expect(values.get(key)).toBe("mine");

  const { layered } = await import("./transport.js");
  const { RetryBudget } = await import("./retry.js");
  const over = layered(
    {
      unary: async (_method, _signal, _timeoutMs, _header, _input, inner) => {
        seen = inner?.get(key);
        throw new ConnectError("seen", Code.NotFound);
      },
      stream: transport.stream,
    },
    {},
    { source: undefined, budget: new RetryBudget() },
  );
  await failureOf(over.unary(read, undefined, undefined, undefined, {}, values));
  expect(seen).toBe("mine");
});
