import {
  DeadlineExceededError,
  FamClient,
  InvalidArgumentError,
  refreshableToken,
  TokenRefreshError,
  VydonClient,
} from "tenantry";
import { describe, expect, it } from "vitest";
import { CountingClock } from "../support/counted.js";
import { deferred, failureOf, settled } from "../support/promises.js";
import { untyped } from "../support/untyped.js";

const baseUrl = "https://api.example.com";
const accountId = "acc-1";
/** The longest delay of a timer: 24 days. */
const longestMs = 2 ** 31 - 1;

/** Creates the options of a client whose requests never get a response, with a virtual clock. */
function hanging() {
  const clock = new CountingClock(0);
  const sentTimeouts: (string | null)[] = [];
  const fetch: typeof globalThis.fetch = (_, init) => {
    sentTimeouts.push(new Headers(init?.headers).get("connect-timeout-ms"));
    return new Promise(() => {});
  };
  return { clock, sentTimeouts, options: { baseUrl, fetch, clock, retry: false } as const };
}

type World = ReturnType<typeof hanging>;

/** Everything that has the option `timeoutMs`. Each starts a call that never completes by itself. */
const limits: [string, (world: World, timeoutMs: number) => Promise<unknown>][] = [
  ["a client", ({ options }, timeoutMs) => new VydonClient({ ...options, timeoutMs }).users.current()],
  [
    "withOptions",
    ({ options }, timeoutMs) => new VydonClient(options).withOptions({ timeoutMs }).users.current(),
  ],
  ["a call", ({ options }, timeoutMs) => new VydonClient(options).users.current({ timeoutMs })],
  [
    "a list's pages",
    ({ options }, timeoutMs) => new VydonClient(options).members.list(accountId, { timeoutMs }).toArray(),
  ],
  [
    "waitUntilValid",
    ({ options }, timeoutMs) =>
      new VydonClient({ ...options, timeoutMs: 0 }).billing.waitUntilValid(accountId, {}, { timeoutMs }),
  ],
  [
    "invites.accept",
    ({ options }, timeoutMs) => new FamClient(options).invites.accept({ token: "t" }, { timeoutMs }),
  ],
];

/** Returns the error of a call after this time, or "not ended". */
async function outcomeAfter(ms: number, begin: (world: World) => Promise<unknown>): Promise<unknown> {
  const world = hanging();
  let ended: unknown = "not ended";
  begin(world).then(
    () => {
      ended = "succeeded";
    },
    (error: unknown) => {
      ended = error;
    },
  );
  await settled();
  world.clock.advance(ms);
  await settled();
  return ended;
}

describe.each(limits)("timeoutMs of %s", (_, begin) => {
  it.each([0, Number.POSITIVE_INFINITY, longestMs + 1, 1e15])("of %d means no limit", async (timeoutMs) => {
    expect(await outcomeAfter(10 * longestMs, (world) => begin(world, timeoutMs))).toBe("not ended");
  });

  it.each([0.5, 1, 5_000, longestMs])(
    "of %d makes the call fail after this time, and not before",
    async (timeoutMs) => {
      const early = await outcomeAfter(Math.ceil(timeoutMs) - 1, (world) => begin(world, timeoutMs));
      expect(early).toBe("not ended");
      const late = await outcomeAfter(Math.ceil(timeoutMs), (world) => begin(world, timeoutMs));
      expect(late).toBeInstanceOf(DeadlineExceededError);
    },
  );

  it.each([-1, Number.NaN, Number.NEGATIVE_INFINITY, "5s", null, 5n])("must not be %s", async (timeoutMs) => {
    const world = hanging();
    const error = await failureOf((async () => begin(world, untyped(timeoutMs)))());
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ violations: [{ field: "timeoutMs" }] });
    expect(world.sentTimeouts).toEqual([]);
  });
});

describe("a timeoutMs that means no limit", () => {
  it("is not sent to the server, and sets no timer", async () => {
    for (const timeoutMs of [0, Number.POSITIVE_INFINITY, longestMs + 1]) {
      const { options, sentTimeouts, clock } = hanging();
      new VydonClient({ ...options, timeoutMs, attemptTimeoutMs: Number.POSITIVE_INFINITY }).users.current();
      await settled();
      expect(sentTimeouts).toEqual([null]);
      expect(clock.pending).toBe(0);
    }
  });
});

describe("attemptTimeoutMs", () => {
  const current =
    (attemptTimeoutMs: number) =>
    ({ options }: World) =>
      new VydonClient({ ...options, timeoutMs: 0, attemptTimeoutMs }).users.current();

  it.each([Number.POSITIVE_INFINITY, longestMs + 1])("of %d means no limit for an attempt", async (ms) => {
    expect(await outcomeAfter(10 * longestMs, current(ms))).toBe("not ended");
  });

  it.each([1, 5_000, longestMs])(
    "of %d makes an attempt fail after this time, and not before",
    async (ms) => {
      expect(await outcomeAfter(ms - 1, current(ms))).toBe("not ended");
      expect(await outcomeAfter(ms, current(ms))).toBeInstanceOf(DeadlineExceededError);
    },
  );
});

describe("intervalMs of waitUntilValid", () => {
  it.each([0, -1, Number.NaN, "5s", null])("must not be %s", async (intervalMs) => {
    const { options, sentTimeouts } = hanging();
    const { billing } = new VydonClient(options);
    const error = await failureOf(billing.waitUntilValid(accountId, { intervalMs: untyped(intervalMs) }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ message: expect.stringContaining("wait.intervalMs must be a number") });
    expect(sentTimeouts).toEqual([]);
  });

  it("has its name suggested if it is misspelled", async () => {
    const { billing } = new VydonClient(hanging().options);
    const error = await failureOf(billing.waitUntilValid(accountId, untyped({ interval: 5_000 })));
    expect(error).toMatchObject({
      message: "wait.interval is not an option of waitUntilValid. Did you mean wait.intervalMs?",
    });
  });

  it("is the time between two requests", async () => {
    const clock = new CountingClock(0);
    const requestedAt: number[] = [];
    const fetch = async () => {
      requestedAt.push(clock.now());
      return Response.json({ isValid: requestedAt.length === 3 });
    };
    await new VydonClient({ baseUrl, clock, fetch }).billing.waitUntilValid(accountId, { intervalMs: 1 });
    expect(requestedAt).toEqual([0, 1, 2]);
  });
});

describe("timeoutMs of refreshableToken", () => {
  /** Requests a token from a source whose refresh never completes. */
  const wait =
    (timeoutMs: number) =>
    ({ clock }: World) =>
      refreshableToken({ refresh: () => new Promise(() => {}), clock, timeoutMs }).token({});

  it.each([Number.POSITIVE_INFINITY, longestMs + 1])("of %d means no limit", async (timeoutMs) => {
    expect(await outcomeAfter(10 * longestMs, wait(timeoutMs))).toBe("not ended");
  });

  it.each([1, 5_000, longestMs])("of %d makes the refresh fail after this time", async (timeoutMs) => {
    expect(await outcomeAfter(timeoutMs, wait(timeoutMs))).toBeInstanceOf(TokenRefreshError);
  });
});

it("a client's timeoutMs limits all of invites.accept(), including the time that `auth.accept` takes", async () => {
  const clock = new CountingClock(0);
  const fetch = async () => Response.json({ accessToken: "a", refreshToken: "r" });
  const auth = { token: async () => "t", accept: () => new Promise<void>(() => {}) };
  const accepted = failureOf(
    new FamClient({ baseUrl, fetch, auth, clock, timeoutMs: 500 }).invites.accept({ token: "t" }),
  );
  await settled();
  clock.advance(500);
  expect(await accepted).toBeInstanceOf(DeadlineExceededError);
  expect(await accepted).toMatchObject({ partial: { accessToken: "a", refreshToken: "r" } });
});

it("a timeoutMs of 0 lets `auth.accept` take any time in invites.accept()", async () => {
  const clock = new CountingClock(0);
  const fetch = async () => Response.json({ accessToken: "a", refreshToken: "r" });
  const acceptance = deferred();
  const auth = { token: async () => "t", accept: () => acceptance.promise };
  const { invites } = new FamClient({ baseUrl, fetch, auth, clock });
  const accepted = invites.accept({ token: "t" }, { timeoutMs: 0 });
  await settled();
  clock.advance(longestMs);
  acceptance.resolve();
  expect(await accepted).toEqual({ accessToken: "a", refreshToken: "r" });
});
