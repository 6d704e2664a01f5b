import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  Clock,
  failureOf,
  layeredOver,
  read,
  scripted,
  settled,
  wire,
  write,
} from "../../test/support/scripted.js";
import { withRetryOptions } from "./call.js";
import {
  ApiError,
  DeadlineExceededError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  UnavailableError,
} from "./errors.js";
import { RetryBudget } from "./retry.js";
import { layered } from "./transport.js";

const full = { random: () => 1 };
const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" });
const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

describe("a read", () => {
  it("is repeated until it is answered", async () => {
    const { call, sent } = layeredOver([Code.Unavailable, Code.Aborted, reset, "ok"], { retry: full });
    await call(read);
    expect(sent.map(({ at }) => at)).toEqual([0, 200, 600, 1_400]);
  });

  it("fails after the fourth attempt, with the number of requests sent", async () => {
    const { call, sent } = layeredOver([Code.Unavailable]);
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ attempts: 4 });
    expect(sent).toHaveLength(4);
  });

  it("is not repeated where a repeat would fail the same way", async () => {
    const { call, sent } = layeredOver([Code.NotFound]);
    expect(await failureOf(call(read))).toBeInstanceOf(NotFoundError);
    expect(sent).toHaveLength(1);
  });

  it("is not repeated when the server's own time ran out", async () => {
    const { call, sent } = layeredOver([Code.DeadlineExceeded]);
    expect(await failureOf(call(read))).toBeInstanceOf(DeadlineExceededError);
    expect(sent).toHaveLength(1);
  });
});

describe("a write", () => {
  it("is not sent again when the server may have acted", async () => {
    for (const outcome of [Code.Unavailable, Code.Aborted, reset]) {
      const { call, sent } = layeredOver([outcome]);
      await failureOf(call(write));
      expect(sent).toHaveLength(1);
    }
  });

  it("is sent again when there was no connection", async () => {
    for (const code of ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]) {
      const cause = Object.assign(new Error(code), { code });
      const { call, sent } = layeredOver([
        new ConnectError("fetch failed", Code.Unknown, {}, [], cause),
        "ok",
      ]);
      await call(write);
      expect(sent).toHaveLength(2);
    }
  });

  it("is sent again when a rate limiter refused it", async () => {
    const { call, sent } = layeredOver([Code.ResourceExhausted, "ok"]);
    await call(write);
    expect(sent).toHaveLength(2);
  });

  it("is not sent again when its answer was too large to read, whatever code that has", async () => {
    const tooLarge = new ConnectError("message size 10 is larger than 5", Code.ResourceExhausted);
    const { call, sent } = layeredOver([tooLarge]);
    await failureOf(call(write));
    expect(sent).toHaveLength(1);
  });

  it("is repeated like a read only in a call that says so", async () => {
    const { call, sent } = layeredOver([Code.Unavailable, "ok"]);
    await call(write, { values: withRetryOptions(undefined, { unsafe: true }) });
    expect(sent).toHaveLength(2);

    const always = layeredOver([Code.Unavailable], { retry: Object.assign({ unsafe: true }, full) });
    await failureOf(always.call(write));
    expect(always.sent).toHaveLength(1);
  });
});

describe("what the server asks to wait", () => {
  it.each([
    ["retry-after: 3", 3_000],
    ["retry-after: Thu, 01 Jan 1970 00:00:07 GMT", 7_000],
    ["retry-after-ms: 1500", 1_500],
  ])("%s", async (line, ms) => {
    const [name = "", ...value] = line.split(": ");
    const { call, clock } = layeredOver([wire(Code.Unavailable, { [name]: value.join(": ") }), "ok"]);
    await call(read);
    expect(clock.now()).toBe(ms);
  });

  it("fails at once where the deadline would pass meanwhile, and says for how long", async () => {
    const { call, clock, sent } = layeredOver([wire(Code.ResourceExhausted, { "retry-after": "90" })]);
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfterMs: 90_000, attempts: 1 });
    expect([clock.now(), sent.length]).toEqual([0, 1]);
  });

  it("a date counts from the moment of the answer", async () => {
    const late = wire(Code.ResourceExhausted, { "retry-after": "Thu, 01 Jan 1970 00:02:00 GMT" });
    const { call, clock } = layeredOver([
      async () => {
        await clock.sleep(20_000);
        throw late;
      },
    ]);
    expect(await failureOf(call(read))).toMatchObject({ retryAfterMs: 100_000 });
  });
});

describe("time", () => {
  it("each attempt is told what is left of the call's", async () => {
    const { call, sent } = layeredOver([Code.Unavailable, Code.Unavailable, "ok"], { retry: full });
    await call(read, { timeoutMs: 10_000 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 9_800, 9_400]);
  });

  it("an attempt has its own limit, and one that runs into it is repeated", async () => {
    const { call, sent, clock } = layeredOver(["hang", "ok"], { attemptTimeoutMs: 1_000, retry: full });
    const answer = call(read);
    await settled();
    clock.advance(1_000);
    await answer;
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 1_000]);
    expect(sent[0]?.signal?.aborted).toBe(true);
    expect(clock.now()).toBe(1_200);
  });

  it("an attempt's limit is never longer than what the call has left", async () => {
    const { call, sent } = layeredOver([Code.Unavailable, "ok"], { attemptTimeoutMs: 900, retry: full });
    await call(read, { timeoutMs: 1_000 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([900, 800]);
  });

  it("a write whose attempt ran out of time is not repeated", async () => {
    const { call, sent, clock } = layeredOver(["hang"], { attemptTimeoutMs: 1_000 });
    const answer = failureOf(call(write));
    await settled();
    clock.advance(1_000);
    const error = await answer;
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({
      message: expect.stringContaining("no answer within 1000 ms; requests sent: 1"),
    });
    expect(sent).toHaveLength(1);
  });

  it("a limit is whole milliseconds, and none where no timer could keep it", async () => {
    const { call, sent } = layeredOver(["ok"]);
    await call(read, { timeoutMs: 1_000.25 });
    await call(read, { timeoutMs: 0 });
    await call(read, { timeoutMs: 2 ** 31 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1_001, undefined, undefined]);
  });

  it("the wait between attempts ends at once on abort", async () => {
    const { call, clock, sent } = layeredOver([wire(Code.Unavailable, { "retry-after": "30" })]);
    const controller = new AbortController();
    const answer = failureOf(call(read, { signal: controller.signal }));
    while (sent.length === 0) await Promise.resolve();
    controller.abort();
    expect(await answer).toMatchObject({ code: Code.Canceled, attempts: 1 });
    expect([clock.now(), sent.length]).toEqual([0, 1]);
  });
});

describe("options", () => {
  it("false means once, for a client and for a call", async () => {
    const never = layeredOver([Code.Unavailable], { retry: false });
    await failureOf(never.call(read));
    expect(never.sent).toHaveLength(1);

    const { call, sent } = layeredOver([Code.Unavailable]);
    await failureOf(call(read, { values: withRetryOptions(undefined, false) }));
    expect(sent).toHaveLength(1);
  });

  it("a call's own win; what they leave out is the client's", async () => {
    const { call, sent } = layeredOver([Code.Unavailable], { retry: { ...full, initialDelayMs: 10 } });
    await failureOf(call(read, { values: withRetryOptions(undefined, { maxAttempts: 3 }) }));
    expect(sent.map(({ at }) => at)).toEqual([0, 10, 30]);

    const never = layeredOver([Code.Unavailable], { retry: false });
    await failureOf(never.call(write, { values: withRetryOptions(undefined, { unsafe: true }) }));
    expect(never.sent).toHaveLength(1);
  });
});

describe("the budget", () => {
  it("bounds what all calls of a client repeat, and is earned back by successes", async () => {
    const { call, sent, budget } = layeredOver([Code.Unavailable], { retry: { budget: 5 } });
    for (let calls = 0; calls < 10; calls++) await failureOf(call(read));
    expect(sent).toHaveLength(10 + 5);
    expect(budget.left).toBe(0);

    const earned = new RetryBudget(2);
    for (let spent = 0; spent < 2; spent++) earned.spend();
    for (let answers = 0; answers < 10; answers++) earned.earn();
    expect(earned.left).toBeCloseTo(1);
    for (let answers = 0; answers < 100; answers++) earned.earn();
    expect(earned.left).toBe(2);
  });
});

it("no failure beneath comes out as anything but an ApiError, nothing is left behind", async () => {
  const clock = new Clock(0);
  for (const outcome of [
    new Error("odd"),
    refused,
    reset,
    new TypeError("x is not a function"),
    Code.Internal,
  ]) {
    const { transport } = scripted(clock, outcome);
    const over = layered(transport, { clock }, { source: undefined, budget: new RetryBudget() });
    const error = await failureOf(over.unary(read, undefined, undefined, undefined, {}));
    expect(error).toBeInstanceOf(ApiError);
    expect(error instanceof NetworkError).toBe(outcome === refused || outcome === reset);
  }
});
