import { describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import { fromServer, layeredOver, type Outcome, read, write } from "../../../test/support/scripted.js";
import { ApiError } from "../errors/api-error.js";
import {
  DeadlineExceededError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  UnavailableError,
  UnexpectedResponseError,
} from "../errors/errors.js";

const full = { random: () => 1 };
const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" });
const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

describe("a read", () => {
  it("is retried until it succeeds", async () => {
    const { call, sent } = layeredOver(["unavailable", "aborted", reset, "ok"], { retry: full });
    await call(read);
    expect(sent.map(({ at }) => at)).toEqual([0, 200, 600, 1_400]);
  });

  it("fails after the fourth attempt, with the number of requests sent", async () => {
    const { call, sent } = layeredOver(["unavailable"]);
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ attempts: 4 });
    expect(sent).toHaveLength(4);
  });

  it("is not retried if a retry would fail the same way", async () => {
    const { call, sent } = layeredOver(["not_found"]);
    expect(await failureOf(call(read))).toBeInstanceOf(NotFoundError);
    expect(sent).toHaveLength(1);
  });

  it("is not retried if the server itself ran out of time", async () => {
    const { call, sent } = layeredOver(["deadline_exceeded"]);
    expect(await failureOf(call(read))).toBeInstanceOf(DeadlineExceededError);
    expect(sent).toHaveLength(1);
  });
});

describe("a write", () => {
  it("is not sent again when the server may have acted", async () => {
    for (const outcome of ["unavailable", "aborted", reset] as const) {
      const { call, sent } = layeredOver([outcome]);
      await failureOf(call(write));
      expect(sent).toHaveLength(1);
    }
  });

  it("is sent again when there was no connection", async () => {
    for (const code of ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]) {
      const cause = Object.assign(new Error(code), { code });
      const { call, sent } = layeredOver([new TypeError("fetch failed", { cause }), "ok"]);
      await call(write);
      expect(sent).toHaveLength(2);
    }
  });

  it("is sent again when a rate limiter refused it", async () => {
    const { call, sent } = layeredOver(["resource_exhausted", "ok"]);
    await call(write);
    expect(sent).toHaveLength(2);
  });

  it("is not sent again when its response cannot be read, because the server has acted", async () => {
    const { call, sent } = layeredOver([new UnexpectedResponseError("The response is too large.")]);
    await failureOf(call(write));
    expect(sent).toHaveLength(1);
  });

  it("is retried like a read only if the call sets `unsafe`", async () => {
    const { call, sent } = layeredOver(["unavailable", "ok"]);
    await call(write, { retry: { unsafe: true } });
    expect(sent).toHaveLength(2);

    const always = layeredOver(["unavailable"], { retry: Object.assign({ unsafe: true }, full) });
    await failureOf(always.call(write));
    expect(always.sent).toHaveLength(1);
  });
});

describe("the wait that the server requests", () => {
  it.each([
    ["retry-after: 3", 3_000],
    ["retry-after: Thu, 01 Jan 1970 00:00:07 GMT", 7_000],
    ["retry-after-ms: 1500", 1_500],
  ])("%s", async (line, ms) => {
    const [name = "", ...value] = line.split(": ");
    const { call, clock } = layeredOver([fromServer("unavailable", { [name]: value.join(": ") }), "ok"]);
    await call(read);
    expect(clock.now()).toBe(ms);
  });

  it("fails at once if the deadline is earlier, with an error that contains how long to wait", async () => {
    const { call, clock, sent } = layeredOver([fromServer("resource_exhausted", { "retry-after": "90" })]);
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfterMs: 90_000, attempts: 1 });
    expect([clock.now(), sent.length]).toEqual([0, 1]);
  });

  it("fails at once if less time is left after the attempt", async () => {
    const refuse = fromServer("unavailable", { "retry-after": "5" });
    const { call, clock } = layeredOver([
      async () => {
        await clock.sleep(6_000);
        refuse({ at: clock.now() });
      },
    ]);
    const error = await failureOf(call(read, { timeoutMs: 10_000 }));
    expect(error).toMatchObject({ code: "unavailable", retryAfterMs: 5_000, attempts: 1 });
    expect(clock.now()).toBe(6_000);
  });

  it("a date counts from the moment of the response", async () => {
    const refuse = fromServer("resource_exhausted", { "retry-after": "Thu, 01 Jan 1970 00:02:00 GMT" });
    const { call, clock } = layeredOver([
      async () => {
        await clock.sleep(20_000);
        refuse({ at: clock.now() });
      },
    ]);
    expect(await failureOf(call(read))).toMatchObject({ retryAfterMs: 100_000 });
  });
});

describe("time", () => {
  it("each attempt gets what is left of the call's time", async () => {
    const { call, sent } = layeredOver(["unavailable", "unavailable", "ok"], { retry: full });
    await call(read, { timeoutMs: 10_000 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 9_800, 9_400]);
  });

  it("an attempt has its own limit, and is retried if it takes longer", async () => {
    const { call, sent, clock } = layeredOver(["hang", "ok"], { attemptTimeoutMs: 1_000, retry: full });
    const pending = call(read);
    await settled();
    clock.advance(1_000);
    await pending;
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 1_000]);
    expect(sent[0]?.signal?.aborted).toBe(true);
    expect(clock.now()).toBe(1_200);
  });

  it("an attempt's limit is never longer than the time that the call has left", async () => {
    const { call, sent } = layeredOver(["unavailable", "ok"], { attemptTimeoutMs: 900, retry: full });
    await call(read, { timeoutMs: 1_000 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([900, 800]);
  });

  it("a write whose attempt ran out of time is not retried", async () => {
    const { call, sent, clock } = layeredOver(["hang"], { attemptTimeoutMs: 1_000 });
    const pending = failureOf(call(write));
    await settled();
    clock.advance(1_000);
    const error = await pending;
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({
      message: "CreateTeamAccount: no response within 1000 ms (requests sent: 1)",
    });
    expect(sent).toHaveLength(1);
  });

  it("a limit is in whole milliseconds, and a limit that is too long for a timer means no limit", async () => {
    const { call, sent } = layeredOver(["ok"]);
    await call(read, { timeoutMs: 1_000.25 });
    await call(read, { timeoutMs: 0 });
    await call(read, { timeoutMs: 2 ** 31 });
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([1_001, undefined, undefined]);
  });

  it("the wait between attempts ends at once on abort", async () => {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { call, clock, sent } = layeredOver([fromServer("unavailable", { "retry-after": "30" })], {
      hooks: { onRetry: () => begin() },
    });
    const controller = new AbortController();
    const pending = failureOf(call(read, { signal: controller.signal }));
    await begun;
    controller.abort();
    expect(await pending).toMatchObject({ code: "canceled", attempts: 1 });
    expect([clock.now(), sent.length]).toEqual([0, 1]);
    await settled();
    // No timer is left, which would move the clock, and nothing is sent later.
    expect([clock.now(), sent.length]).toEqual([0, 1]);
  });

  it("a call that was aborted during an attempt starts no wait, and uses no budget", async () => {
    const controller = new AbortController();
    const onRetry = vi.fn();
    const abortAndFail: Outcome = (sent) => {
      controller.abort();
      fromServer("unavailable")(sent);
    };
    const { call, budget } = layeredOver([abortAndFail], { hooks: { onRetry } });
    expect(await failureOf(call(read, { signal: controller.signal }))).toMatchObject({ code: "canceled" });
    await settled();
    expect(onRetry).not.toHaveBeenCalled();
    expect(budget.left).toBe(100);
  });
});

describe("options", () => {
  it("`retry: false` means one attempt, for a client and for a call", async () => {
    const never = layeredOver(["unavailable"], { retry: false });
    await failureOf(never.call(read));
    expect(never.sent).toHaveLength(1);

    const { call, sent } = layeredOver(["unavailable"]);
    await failureOf(call(read, { retry: false }));
    expect(sent).toHaveLength(1);
  });

  it("of a call override the options of the client", async () => {
    const { call, sent } = layeredOver(["unavailable"], { retry: { ...full, initialDelayMs: 10 } });
    await failureOf(call(read, { retry: { maxAttempts: 3 } }));
    expect(sent.map(({ at }) => at)).toEqual([0, 10, 30]);

    const own = { initialDelayMs: 300, maxDelayMs: 500, random: () => 0.5 };
    const slower = layeredOver(["unavailable"], { retry: { ...full, initialDelayMs: 10, maxDelayMs: 15 } });
    await failureOf(slower.call(read, { retry: own }));
    expect(slower.sent.map(({ at }) => at)).toEqual([0, 150, 400, 650]);

    const never = layeredOver(["unavailable"], { retry: false });
    await failureOf(never.call(write, { retry: { unsafe: true } }));
    expect(never.sent).toHaveLength(1);
  });

  it("of a call that are undefined are taken from the client, and inherited options count", async () => {
    const left = {
      maxAttempts: undefined,
      initialDelayMs: undefined,
      maxDelayMs: undefined,
      random: undefined,
    };
    const retry = { ...full, maxAttempts: 3, initialDelayMs: 10, maxDelayMs: 15 };
    const { call, sent } = layeredOver(["unavailable"], { retry });
    await failureOf(call(read, { retry: left }));
    expect(sent.map(({ at }) => at)).toEqual([0, 10, 25]);

    const never = layeredOver(["unavailable"], { retry: false });
    await failureOf(never.call(read, { retry: left }));
    expect(never.sent).toHaveLength(1);

    class Twice {
      get maxAttempts() {
        return 2;
      }
    }
    const inherited = layeredOver(["unavailable"], { retry });
    await failureOf(inherited.call(read, { retry: new Twice() }));
    expect(inherited.sent).toHaveLength(2);
  });
});

describe("the budget", () => {
  it("has one retry again after ten calls that succeeded", async () => {
    const { call, sent } = layeredOver(
      ["unavailable", "ok", ...Array<Outcome>(9).fill("ok"), "unavailable", "ok"],
      {
        retry: { budget: 1 },
      },
    );
    for (let calls = 0; calls < 10; calls++) await call(read);
    expect(sent).toHaveLength(11);
    await call(read);
    expect(sent).toHaveLength(13);
  });

  it("limits the retries of all calls of a client", async () => {
    const { call, sent, budget } = layeredOver(["unavailable"], { retry: { budget: 5 } });
    for (let calls = 0; calls < 10; calls++) await failureOf(call(read));
    expect(sent).toHaveLength(10 + 5);
    expect(budget.left).toBe(0);
  });

  it("gets a tenth of a retry back for each success, up to its capacity", async () => {
    const { call, budget } = layeredOver(["ok"], { retry: { budget: 2 } });
    budget.left = 0;
    for (let calls = 0; calls < 10; calls++) await call(read);
    expect(budget.left).toBeCloseTo(1);
    for (let calls = 0; calls < 100; calls++) await call(read);
    expect(budget.left).toBe(2);
  });

  it("gets nothing back for a response that cannot be read", async () => {
    const { call, budget } = layeredOver([() => "no object"]);
    budget.left = 7;
    expect(await failureOf(call(read))).toBeInstanceOf(UnexpectedResponseError);
    expect(budget.left).toBe(7);
  });
});

it("every failure becomes an ApiError", async () => {
  const outcomes: Outcome[] = [
    new Error("odd"),
    refused,
    reset,
    new TypeError("x is not a function"),
    "internal",
  ];
  for (const outcome of outcomes) {
    const { call } = layeredOver([outcome]);
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(ApiError);
    expect(error instanceof NetworkError).toBe(outcome === refused || outcome === reset);
  }
});
