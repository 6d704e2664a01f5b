import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import { fromServer, layeredOver, read, type Sent } from "../../../test/support/scripted.js";
import { VydonClient } from "../../vydon/index.js";
import { RateLimitedError, UnavailableError, UnexpectedResponseError } from "../errors/errors.js";
import { requiredString } from "../json/fields.js";
import type { AttemptInfo, CallEnd, Hooks } from "./hooks.js";

/** Hooks that record their events. */
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

describe("hooks get", () => {
  it("each attempt, each wait, and the final failure", async () => {
    const { events, attempts, hooks } = recorder();
    const { call } = layeredOver(["unavailable"], { hooks, retry: { maxAttempts: 2, random: () => 1 } });
    const error = await failureOf(call(read));
    expect(events).toEqual([
      ["request", 1],
      ["response", "unavailable"],
      ["retry", { attempts: 1, delayMs: 200, error: expect.any(UnavailableError) }],
      ["request", 2],
      ["response", "unavailable"],
      ["error", { attempts: 2, error }],
    ]);
    expect(attempts[0]).not.toBe(attempts[1]);
    expect(attempts[0]?.call).toBe(attempts[1]?.call);
  });

  it("the end of each call, after its error", async () => {
    const events: [string, CallEnd | undefined][] = [];
    const hooks: Hooks = {
      onCallStart: () => events.push(["start", undefined]),
      onError: () => events.push(["error", undefined]),
      onCallEnd: (end) => events.push(["end", end]),
    };
    const { call } = layeredOver(["not_found", "ok"], { hooks });
    const error = await failureOf(call(read));
    await call(read);
    const ended = { call: expect.anything(), attempts: 1, durationMs: 0 };
    expect(events).toEqual([
      ["start", undefined],
      ["error", undefined],
      ["end", { ...ended, error, requestId: undefined }],
      ["start", undefined],
      ["end", { ...ended, error: undefined, requestId: "req-2" }],
    ]);
  });

  it("one object for each attempt, whose fields are set when the attempt ends", async () => {
    const { attempts, hooks } = recorder();
    const { call, clock } = layeredOver([() => clock.sleep(30)], { hooks });
    await call(read);
    expect(attempts[0]).toEqual({
      call: {
        protocol: "connect",
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
      // `{}`
      requestBytes: 2,
      responseBytes: undefined,
    });
  });

  it("a response that cannot be read as a failed attempt, with its request id", async () => {
    for (const body of ["no object", { userId: 7 }]) {
      const { events, attempts, hooks } = recorder();
      const { caller } = layeredOver([() => body], { hooks });
      const reading = caller(
        read,
        () => ({}),
        (json) => requiredString(json, "userId"),
      );
      const error = await failureOf(reading);
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ attempts: 1, requestId: "req-1" });
      expect(events).toEqual([
        ["request", 1],
        ["response", "internal"],
        ["error", { attempts: 1, error }],
      ]);
      expect(attempts[0]).toMatchObject({ code: "internal", requestId: "req-1" });
    }
  });

  it("the retry after a refused token as an attempt", async () => {
    const { events, attempts, hooks } = recorder();
    const { call } = layeredOver(["unauthenticated", "unavailable", "ok"], {
      hooks,
      auth: { token: async ({ rejected }) => (rejected ? "new" : "old") },
      retry: { random: () => 0 },
    });
    await call(read);
    expect(attempts.map(({ number, code }) => [number, code])).toEqual([
      [1, "unauthenticated"],
      [2, "unavailable"],
      [3, undefined],
    ]);
    expect(events).toContainEqual(["retry", expect.objectContaining({ attempts: 2 })]);
  });

  it("the sizes of the request's message and of the response on the wire, in bytes", async () => {
    const { attempts, hooks } = recorder();
    const fetch = async () =>
      new Response('{"accountId":"acc-1"}', {
        headers: { "content-type": "application/json", "content-length": "17" },
      });
    const client = new VydonClient({ baseUrl: "https://vydon.example.com", fetch, hooks });
    await client.accounts.createTeam({ name: "Zoë" });
    // {"name":"Zoë"}, and a response that was compressed.
    expect(attempts).toMatchObject([{ requestBytes: 15, responseBytes: 17 }]);
  });

  it("the end of an attempt that was cut off, before the end of the call, even if the transport ignores its signal", async () => {
    for (const [end, code] of [
      ["abort", "canceled"],
      ["deadline", "deadline_exceeded"],
    ] as const) {
      const { events, hooks } = recorder();
      const { call, clock } = layeredOver(["hang"], { hooks });
      const controller = new AbortController();
      const pending = failureOf(call(read, { signal: controller.signal, timeoutMs: 100 }));
      await settled();
      if (end === "abort") controller.abort();
      else clock.advance(100);
      const error = await pending;
      expect(events).toEqual([
        ["request", 1],
        ["response", code],
        ["error", { attempts: 1, error }],
      ]);
    }
  });

  it("one end of an attempt that was cut off, if the transport obeys its signal", async () => {
    const { events, hooks } = recorder();
    const controller = new AbortController();
    const obedient = ({ signal }: Sent) =>
      new Promise((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        controller.abort();
      });
    const { call } = layeredOver([obedient], { hooks });
    const error = await failureOf(call(read, { signal: controller.signal }));
    await settled();
    expect(events).toEqual([
      ["request", 1],
      ["response", "canceled"],
      ["error", { attempts: 1, error }],
    ]);
  });

  it("no token, no header, no message", async () => {
    const seen: unknown[] = [];
    const see = (event: unknown) => {
      seen.push(event);
    };
    const hooks: Hooks = { onRequest: see, onResponse: see, onRetry: see, onError: see };
    const limited = fromServer("resource_exhausted", { "set-cookie": "session=s3cr3t" }, "slow down, s3cr3t");
    const { call } = layeredOver([limited], { hooks, auth: "s3cr3t", headers: { "x-key": "s3cr3t" } });
    expect(await failureOf(call(read))).toBeInstanceOf(RateLimitedError);
    expect(seen).toHaveLength(4 + 4 + 3 + 1);
    expect(inspect(seen, { depth: 9, showHidden: true, getters: true })).not.toContain("s3cr3t");
  });
});

describe("hooks", () => {
  it("add a header to the request", async () => {
    const hooks: Hooks = {
      onRequest: ({ number }, { setHeader }) => setHeader("traceparent", `00-${number}`),
    };
    const { call, sent } = layeredOver(["unavailable", "ok"], { hooks });
    await call(read);
    expect(sent.map(({ headers }) => headers["traceparent"])).toEqual(["00-1", "00-2"]);
  });

  it("may abort the call before its request is sent: the error's `attempts` is 0", async () => {
    const controller = new AbortController();
    const { events, attempts, hooks } = recorder();
    const aborting: Hooks = {
      ...hooks,
      onRequest(attempt, request) {
        hooks.onRequest?.(attempt, request);
        controller.abort();
      },
    };
    const { call, sent } = layeredOver(["hang"], { hooks: aborting });
    const error = await failureOf(call(read, { signal: controller.signal }));
    expect(sent).toEqual([]);
    const message = expect.stringContaining("(requests sent: 0)");
    expect(error).toMatchObject({ code: "canceled", attempts: 0, message });
    expect(events.map(([event]) => event)).toEqual(["request", "response", "error"]);
    expect(attempts[0]).toMatchObject({ number: 1, code: "canceled" });
  });

  it("do not change the call if they throw or reject", async () => {
    const fail = () => {
      throw new Error("a hook's mistake");
    };
    for (const hook of [fail, async () => fail()]) {
      const hooks: Hooks = { onRequest: hook, onResponse: hook, onRetry: hook, onError: hook };
      const { call, sent } = layeredOver(["unavailable", "ok"], { hooks });
      expect(await call(read)).toEqual({});
      await settled();
      expect(sent).toHaveLength(2);
    }
  });

  it("do not change the call if they set a header that cannot be sent", async () => {
    const hooks: Hooks = {
      onRequest(_attempt, { setHeader }) {
        setHeader("X-Trace", "1");
        setHeader("x-key", "two\nlines");
      },
    };
    const { call, sent } = layeredOver(["ok"], { hooks });
    await call(read);
    expect(sent[0]?.headers).toEqual({ "x-trace": "1" });
  });

  it("are called with their own `this`", async () => {
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

it.each([
  [0.6, 1_000],
  [999.5, 1],
  [2_000, 1],
])(
  "the time limit of a request is in whole milliseconds, at least 1: after %d ms of 1,000 it is %d",
  async (passed, expected) => {
    const limits: (number | undefined)[] = [];
    let elapsed = 0;
    const client = new VydonClient({
      auth: async () => {
        elapsed = passed;
        return "key-1";
      },
      clock: {
        now: () => 0,
        monotonic: () => elapsed,
        setTimeout: () => () => {},
        sleep: async () => {},
      },
      timeoutMs: 1_000,
      transport: {
        async send({ timeoutMs }) {
          limits.push(timeoutMs);
          return { body: { userId: "ada" }, status: 200, headers: new Headers() };
        },
      },
    });
    await client.users.current();
    expect(limits).toEqual([expected]);
  },
);

it("a time limit of more than eight digits is not sent, because gRPC has no longer ones", async () => {
  const { call, sent } = layeredOver(["ok"]);
  await call(read, { timeoutMs: 99_999_999 });
  await call(read, { timeoutMs: 99_999_999.5 });
  await call(read, { timeoutMs: 100_000_000 });
  expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([99_999_999, undefined, undefined]);
});

it("a mistake in a reader is not an UnexpectedResponseError", async () => {
  const { caller } = layeredOver([() => ({})]);
  const reading = caller(
    read,
    () => ({}),
    () => {
      throw new RangeError("a mistake");
    },
  );
  const error = await failureOf(reading);
  expect(error).toMatchObject({ message: expect.stringContaining("a mistake") });
  expect(error).not.toBeInstanceOf(UnexpectedResponseError);
});
