import { inspect } from "node:util";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { failureOf, layeredOver, read, settled, wire, write } from "../../test/support/scripted.js";
import { RateLimitedError, UnavailableError } from "./errors.js";
import type { AttemptInfo, Hooks } from "./hooks.js";

/** Hooks that write down what they are told. */
function recorder() {
  const events: [string, unknown][] = [];
  const attempts: AttemptInfo[] = [];
  const hooks: Hooks = {
    onRequest: (attempt) => {
      attempts.push(attempt);
      events.push(["request", attempt.number]);
    },
    onResponse: (attempt) => events.push(["response", attempt.code]),
    onRetry: ({ attempts, delayMs, error }) => events.push(["retry", { attempts, delayMs, error }]),
    onError: ({ attempts, error }) => events.push(["error", { attempts, error }]),
  };
  return { events, attempts, hooks };
}

describe("what hooks see", () => {
  it("each attempt, each wait, and the failure for good", async () => {
    const { events, attempts, hooks } = recorder();
    const { call } = layeredOver([Code.Unavailable], { hooks, retry: { maxAttempts: 2, random: () => 1 } });
    const error = await failureOf(call(read));
    expect(events).toEqual([
      ["request", 1],
      ["response", Code.Unavailable],
      ["retry", { attempts: 1, delayMs: 200, error: expect.any(UnavailableError) }],
      ["request", 2],
      ["response", Code.Unavailable],
      ["error", { attempts: 2, error }],
    ]);
    expect(attempts[0]).not.toBe(attempts[1]);
    expect(attempts[0]?.call).toBe(attempts[1]?.call);
  });

  it("one object an attempt, filled in as facts come", async () => {
    const { attempts, hooks } = recorder();
    const { call, clock } = layeredOver([() => clock.sleep(30)], { hooks });
    await call(read);
    expect(attempts[0]).toEqual({
      call: {
        service: "mgmt.v1alpha1.UserAccountService",
        method: "GetUser",
        baseUrl: undefined,
        startedAt: 0,
      },
      number: 1,
      startedAt: 0,
      durationMs: 30,
      code: undefined,
      requestId: "req-1",
      requestBytes: 0,
      responseBytes: undefined,
    });
  });

  it("the size of the answer where the server says it", async () => {
    const { attempts, hooks } = recorder();
    const { call } = layeredOver([wire(Code.NotFound, { "content-length": "42" })], { hooks });
    await failureOf(call(read));
    expect(attempts[0]).toMatchObject({ code: Code.NotFound, responseBytes: 42 });
  });

  it("a replay after a refused token as an attempt", async () => {
    const { attempts, hooks } = recorder();
    const { call } = layeredOver([Code.Unauthenticated, "ok"], {
      hooks,
      auth: { token: async ({ rejected }) => (rejected ? "new" : "old") },
    });
    await call(write);
    expect(attempts.map(({ number, code }) => [number, code])).toEqual([
      [1, Code.Unauthenticated],
      [2, undefined],
    ]);
  });

  it("the end of an attempt that was cut off, before the call's own, also where the transport doesn't listen", async () => {
    for (const [end, code] of [
      ["abort", Code.Canceled],
      ["deadline", Code.DeadlineExceeded],
    ] as const) {
      const { events, hooks } = recorder();
      const { call, clock } = layeredOver(["hang"], { hooks });
      const controller = new AbortController();
      const answer = failureOf(call(read, { signal: controller.signal, timeoutMs: 100 }));
      await settled();
      if (end === "abort") controller.abort();
      else clock.advance(100);
      const error = await answer;
      expect(events).toEqual([
        ["request", 1],
        ["response", code],
        ["error", { attempts: 1, error }],
      ]);
    }
  });

  it("no token, no header, no message", async () => {
    const seen: unknown[] = [];
    const see = (event: unknown) => {
      seen.push(event);
    };
    const hooks: Hooks = { onRequest: see, onResponse: see, onRetry: see, onError: see };
    const limited = wire(Code.ResourceExhausted, { "set-cookie": "session=s3cr3t" }, "slow down, s3cr3t");
    const { call } = layeredOver([limited], { hooks, auth: "s3cr3t", headers: { "x-key": "s3cr3t" } });
    expect(await failureOf(call(read))).toBeInstanceOf(RateLimitedError);
    expect(seen).toHaveLength(4 + 4 + 3 + 1);
    expect(inspect(seen, { depth: 9, showHidden: true, getters: true })).not.toContain("s3cr3t");
  });
});

describe("what hooks do", () => {
  it("add a header to the request", async () => {
    const hooks: Hooks = {
      onRequest: ({ number }, { setHeader }) => setHeader("traceparent", `00-${number}`),
    };
    const { call, sent } = layeredOver([Code.Unavailable, "ok"], { hooks });
    await call(read);
    expect(sent.map(({ header }) => header.get("traceparent"))).toEqual(["00-1", "00-2"]);
  });

  it("nothing to the call when they throw or reject", async () => {
    const fail = () => {
      throw new Error("a hook's mistake");
    };
    for (const hook of [fail, async () => fail()]) {
      const hooks: Hooks = { onRequest: hook, onResponse: hook, onRetry: hook, onError: hook };
      const { call } = layeredOver([Code.Unavailable, "ok"], { hooks });
      await call(read);
      await settled();
    }
  });

  it("keep their `this`", async () => {
    class Counter implements Hooks {
      count = 0;
      onResponse(): void {
        this.count++;
      }
    }
    const hooks = new Counter();
    await layeredOver(["ok"], { hooks }).call(read);
    expect(hooks.count).toBe(1);
  });
});
