import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { CountingClock } from "../../../test/support/counted.js";
import { failureOf, settled } from "../../../test/support/promises.js";
import { InvalidArgumentError } from "../errors/errors.js";
import {
  memoryStore,
  type RefreshableTokenOptions,
  type RefreshRequest,
  refreshableToken,
  type Stored,
  type TokenStore,
  type Tokens,
} from "./index.js";

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

/** The content of a store, after a sign-in an hour before the tokens expire. */
function storedTokens(accessToken: string, more: Partial<Stored> = {}): Stored {
  const tokens = { accessToken, refreshToken: `${accessToken}-refresh`, expiresAt: start + 60 * minute };
  return { v: 1, tokens, revision: accessToken, sessionId: "ada", ...more };
}

/** A store with something in it, and functions to replace some of its own. */
async function storeWith(stored: Stored | undefined, changes: Partial<TokenStore> = {}): Promise<TokenStore> {
  const store = memoryStore();
  if (stored) await store.save(stored, undefined);
  return { ...store, ...changes };
}

/** A token server that numbers its pairs, each valid for an hour, and a source that refreshes there. */
function tokenServer(options: Partial<RefreshableTokenOptions> = {}) {
  const clock = new CountingClock(start);
  const requests: RefreshRequest[] = [];
  const pair = (): Tokens => ({
    accessToken: `access-${requests.length}`,
    refreshToken: `refresh-${requests.length}`,
    expiresAt: clock.now() + 60 * minute,
  });
  const refresh = async (request: RefreshRequest): Promise<Tokens> => {
    requests.push(request);
    return pair();
  };
  const initial = {
    accessToken: "access-0",
    refreshToken: "refresh-0",
    expiresAt: new Date(start + 60 * minute),
  };
  const source = refreshableToken({ refresh, initial, clock, ...options });
  return { source, clock, requests };
}

describe("when it refreshes", () => {
  it("not while the token has enough time left", async () => {
    const { source, clock, requests } = tokenServer();
    clock.advance("57m");
    expect(await source.token({})).toBe("access-0");
    expect(requests).toHaveLength(0);
  });

  it("in the background, with two minutes left", async () => {
    const { source, clock, requests } = tokenServer();
    clock.advance("58m");
    expect(await source.token({})).toBe("access-0");
    await settled();
    expect(await source.token({})).toBe("access-1");
    expect(requests).toHaveLength(1);
  });

  it("before the calls, with half a minute left", async () => {
    const { source, clock, requests } = tokenServer();
    clock.advance("59m 30s");
    expect(await source.token({})).toBe("access-1");
    expect(requests).toMatchObject([{ accessToken: "access-0", refreshToken: "refresh-0" }]);
  });

  it("at the first call if there is no token yet", async () => {
    const { source, requests } = tokenServer({ initial: undefined });
    expect(await source.token({})).toBe("access-1");
    expect(requests).toMatchObject([{ accessToken: undefined, refreshToken: undefined }]);
  });

  it("by the expiry in a JWT", async () => {
    const jwt = (exp: number) => `e30.${btoa(JSON.stringify({ exp }))}.sig`;
    const { source, clock, requests } = tokenServer({
      initial: { accessToken: jwt((start + 60 * minute) / 1000) },
    });
    clock.advance("57m");
    await source.token({});
    expect(requests).toHaveLength(0);
    clock.advance("3m");
    expect(await source.token({})).toBe("access-1");
  });

  it("never by time if the expiry is unknown", async () => {
    const { source, clock } = tokenServer({ initial: { accessToken: "opaque" } });
    clock.advance("9999h");
    expect(await source.token({})).toBe("opaque");
  });

  it("once in half its life if a token lives shorter than the windows", async () => {
    let count = 0;
    const { source, clock } = tokenServer({
      initial: undefined,
      refresh: () => ({ accessToken: `access-${++count}`, expiresAt: clock.now() + 20_000 }),
    });
    for (let second = 0; second < 60; second++) {
      await source.token({});
      await settled();
      clock.advance("1s");
    }
    expect(count).toBe(6);
  });

  it("not at each call if the clocks disagree so much that a new token seems to have expired", async () => {
    const refresh = vi.fn(() => ({ accessToken: "access-1", expiresAt: start + 5 * minute }));
    const { source, clock } = tokenServer({ initial: undefined, refresh });
    clock.advance("1h");
    for (let calls = 0; calls < 3; calls++) expect(await source.token({})).toBe("access-1");
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});

describe("one refresh for all", () => {
  it("1,000 calls with an expired token cause one refresh", async () => {
    const { source, clock, requests } = tokenServer();
    clock.advance("2h");
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => source.token({})));
    expect(new Set(tokens)).toEqual(new Set(["access-1"]));
    expect(requests).toHaveLength(1);
  });

  it("1,000 first calls cause one read of the store", async () => {
    const load = vi.fn(async () => storedTokens("stored"));
    const { source } = tokenServer({ initial: undefined, store: await storeWith(undefined, { load }) });
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => source.token({})));
    expect(new Set(tokens)).toEqual(new Set(["stored"]));
    expect(load).toHaveBeenCalledOnce();
  });

  it("1,000 refusals of one token cause one refresh, at the same time or later", async () => {
    const { source, requests } = tokenServer();
    const rejected = "access-0";
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => source.token({ rejected })));
    expect(new Set(tokens)).toEqual(new Set(["access-1"]));
    // A late one does not discard the new token.
    expect(await source.token({ rejected })).toBe("access-1");
    expect(requests).toHaveLength(1);
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
  });

  it("the late refusal of an older token does not hide the one of the current token", async () => {
    const { source, requests } = tokenServer();
    await source.token({});
    expect(await source.token({ rejected: "access-0" })).toBe("access-1");
    const refused = [source.token({ rejected: "access-1" }), source.token({ rejected: "access-0" })];
    expect(await Promise.all(refused)).toEqual(["access-2", "access-2"]);
    expect(requests).toHaveLength(2);
  });

  it("a caller's abort ends only that caller's wait", async () => {
    let respond = (_tokens: Tokens) => {};
    const asked: RefreshRequest[] = [];
    const { source } = tokenServer({
      initial: undefined,
      refresh: (request) => {
        asked.push(request);
        return new Promise((resolve) => {
          respond = resolve;
        });
      },
    });
    const controller = new AbortController();
    const leaving = failureOf(source.token({ signal: controller.signal }));
    const staying = source.token({});
    await settled();
    controller.abort("left");
    expect(await leaving).toBe("left");
    expect(asked[0]?.signal.aborted).toBe(false);
    respond({ accessToken: "access-1" });
    expect(await staying).toBe("access-1");
    expect(asked).toHaveLength(1);
  });
});

describe("a refresh that fails", () => {
  it("rejects all calls that wait, with a copy of its error; the next call tries again", async () => {
    const refresh = vi.fn(async (): Promise<Tokens> => ({ accessToken: "access-1" }));
    refresh.mockRejectedValueOnce(new Error("the token server is down"));
    const { source } = tokenServer({ initial: undefined, refresh });
    const failures = await Promise.all([1, 2, 3].map(() => failureOf(source.token({}))));
    const expected = {
      name: "TokenRefreshError",
      message: "`refresh` threw Error: the token server is down",
    };
    expect(failures).toMatchObject([expected, expected, expected]);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(await source.token({})).toBe("access-1");
  });

  it("is tried again after waits that grow to five seconds, and from the start after a success", async () => {
    const at: number[] = [];
    let down = true;
    const { source, clock } = tokenServer({
      initial: undefined,
      refresh: () => {
        at.push(clock.now());
        if (down) throw new Error("down");
        return { accessToken: `access-${at.length}` };
      },
    });
    for (let calls = 0; calls < 8; calls++) await failureOf(source.token({}));
    const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);

    down = false;
    const token = await source.token({});
    down = true;
    await failureOf(source.token({ rejected: token }));
    const last = at.at(-1) ?? 0;
    await failureOf(source.token({ rejected: token }));
    expect((at.at(-1) ?? 0) - last).toBe(250);
  });

  it("in the background does no harm, and is not repeated at each call", async () => {
    const refresh = vi.fn(() => Promise.reject(new Error("down")));
    const { source, clock } = tokenServer({ refresh });
    clock.advance("58m");
    for (let calls = 0; calls < 5; calls++) {
      expect(await source.token({})).toBe("access-0");
      await settled();
    }
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("may be one that returns no token", async () => {
    const { source } = tokenServer({ initial: undefined, refresh: () => ({ accessToken: "" }) });
    expect(await failureOf(source.token({}))).toMatchObject({
      name: "TokenRefreshError",
      message: "the result of `refresh` has no accessToken",
    });
  });

  it("because it does not settle fails after timeoutMs, is named, and leaves no timer", async () => {
    const { source, clock } = tokenServer({ initial: undefined, refresh: () => new Promise(() => {}) });
    const failure = failureOf(source.token({}));
    await settled();
    clock.advance("29s");
    await settled();
    clock.advance("1s");
    expect(await failure).toMatchObject({
      name: "TokenRefreshError",
      message: "`refresh` has not settled within 30000 ms.",
    });
    expect(clock.pending).toBe(0);
  });

  it("because it does not settle blocks no later call: that starts a new one", async () => {
    const refresh = vi.fn<() => Promise<Tokens>>(() => new Promise(() => {}));
    const { source, clock } = tokenServer({ initial: undefined, refresh });
    const failure = failureOf(source.token({}));
    await settled();
    clock.advance("30s");
    await failure;
    refresh.mockResolvedValueOnce({ accessToken: "access-1" });
    expect(await source.token({})).toBe("access-1");
  });

  it("and waits for itself fails at once", async () => {
    const options: Partial<RefreshableTokenOptions> = { initial: undefined };
    const { source } = tokenServer({
      ...options,
      refresh: async () => ({ accessToken: await source.token({}) }),
    });
    expect(await failureOf(source.token({}))).toMatchObject({
      name: "TokenRefreshError",
      message: expect.stringContaining("waits for itself"),
    });
  });

  it("and may wait for itself has an error that mentions this when it is late", async () => {
    const { source, clock } = tokenServer({
      initial: undefined,
      refresh: async () => {
        await settled();
        return { accessToken: await source.token({}) };
      },
    });
    const failure = failureOf(source.token({}));
    await settled();
    await settled();
    clock.advance("30s");
    expect(await failure).toMatchObject({ message: expect.stringContaining("waits for itself") });
  });

  it("is the error of the call, even if the store cannot be read at that moment", async () => {
    const inner = await storeWith(storedTokens("old"));
    let isDown = false;
    const store = {
      ...inner,
      load: () => (isDown ? Promise.reject(new Error("no connection")) : inner.load()),
    };
    const refresh = () => {
      isDown = true;
      throw new Error("no tokens today");
    };
    const { source } = tokenServer({ store, initial: undefined, refresh });
    expect(await source.token({})).toBe("old");
    expect(await failureOf(source.token({ rejected: "old" }))).toMatchObject({
      name: "TokenRefreshError",
      message: "`refresh` threw Error: no tokens today",
    });
  });

  it("because the session has ended is a SignInAgainError, and the same refresh token is not sent again", async () => {
    const refresh = vi.fn(() => Promise.reject(Object.assign(new Error("400"), { error: "invalid_grant" })));
    const store = memoryStore();
    const save = vi.fn(store.save);
    const { source, clock } = tokenServer({ refresh, store: { ...store, save } });
    clock.advance("2h");
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
    const saves = save.mock.calls.length;
    for (let calls = 0; calls < 3; calls++) {
      expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
    }
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(save).toHaveBeenCalledTimes(saves);
    await source.accept({ accessToken: "signed-in" });
    expect(await source.token({})).toBe("signed-in");
  });

  it("because of OAuth's other errors is a SignInAgainError too, but the same refresh token is sent again", async () => {
    const refresh = vi.fn(async (): Promise<Tokens> => ({ accessToken: "new" }));
    refresh.mockRejectedValueOnce(Object.assign(new Error("401"), { error: "invalid_client" }));
    const { source, clock } = tokenServer({ refresh });
    clock.advance("2h");
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
    // The server's configuration is mended.
    expect(await source.token({})).toBe("new");
  });
});

describe("a refresh that succeeds late", () => {
  /** A source whose refresh the test settles. */
  async function slow(store: TokenStore) {
    let respond = (_tokens: Tokens) => {};
    const refresh = vi.fn(
      (_request: RefreshRequest) =>
        new Promise<Tokens>((resolve) => {
          respond = resolve;
        }),
    );
    const server = tokenServer({ initial: undefined, store, refresh });
    const controller = new AbortController();
    const leaving = failureOf(server.source.token({ signal: controller.signal }));
    await settled();
    return { ...server, refresh, controller, leaving, respond: (tokens: Tokens) => respond(tokens) };
  }

  const over = storedTokens("over", { tokens: { accessToken: "over", refreshToken: "r", expiresAt: start } });
  const next = { accessToken: "next", refreshToken: "next-refresh" };

  it("is saved and used although every caller has aborted, and its signal has not aborted", async () => {
    const store = await storeWith(over);
    const { source, refresh, controller, leaving, respond } = await slow(store);
    controller.abort("left");
    expect(await leaving).toBe("left");
    expect(refresh.mock.calls[0]?.[0].signal.aborted).toBe(false);
    respond(next);
    await settled();
    expect((await store.load())?.tokens).toEqual(next);
    expect(await source.token({})).toBe("next");
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("is saved and used although the refresh's own limit is over", async () => {
    const store = await storeWith(over);
    const { source, clock, refresh, leaving, respond } = await slow(store);
    clock.advance("31s");
    expect(await leaving).toMatchObject({ name: "TokenRefreshError" });
    expect(refresh.mock.calls[0]?.[0].signal.aborted).toBe(false);
    respond(next);
    await settled();
    expect((await store.load())?.tokens).toEqual(next);
    expect(await source.token({})).toBe("next");
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("stays in memory if the store cannot save", async () => {
    const store = await storeWith(over, { save: () => Promise.reject(new Error("full")) });
    const { source, clock, leaving, respond } = await slow(store);
    clock.advance("31s");
    await leaving;
    respond(next);
    await settled();
    expect(await source.token({})).toBe("next");
  });

  it("is dropped if another process has saved in the meantime: its tokens are used", async () => {
    const store = await storeWith(over);
    const { source, leaving, controller, respond } = await slow(store);
    controller.abort("left");
    await leaving;
    const marked = await store.load();
    await store.save(storedTokens("others"), marked?.revision);
    respond(next);
    await settled();
    expect(await source.token({})).toBe("others");
    expect((await store.load())?.tokens.accessToken).toBe("others");
  });
});

describe("a store", () => {
  it("has the new pair before the first call uses it", async () => {
    const events: string[] = [];
    const inner = memoryStore();
    const store = await storeWith(undefined, {
      load: inner.load,
      save: async (next, expected) => {
        await settled();
        events.push(`saved ${next.tokens.accessToken} ${next.tokens.refreshToken}`);
        return inner.save(next, expected);
      },
    });
    const { source } = tokenServer({ initial: undefined, store });
    events.push(`used ${await source.token({})}`);
    expect(events).toEqual(["saved access-1 refresh-1", "used access-1"]);
  });

  it("stores that a refresh starts before it is sent, and how long the new token lives", async () => {
    const store = await storeWith(storedTokens("a"));
    const marks: (number | undefined)[] = [];
    const { source, clock } = tokenServer({
      initial: undefined,
      store,
      refresh: async () => {
        marks.push((await store.load())?.refreshStartedAt);
        return { accessToken: "b", expiresAt: start + 121 * minute };
      },
    });
    clock.advance("1h");
    expect(await source.token({})).toBe("b");
    expect(marks).toEqual([start + 60 * minute]);
    expect(await store.load()).toMatchObject({ sessionId: "ada", lifetimeMs: 61 * minute });
    expect((await store.load())?.refreshStartedAt).toBeUndefined();
  });

  it("has the tokens for the next program; a refresh without a refresh token keeps the one before", async () => {
    const store = memoryStore();
    const first = tokenServer({
      initial: undefined,
      store,
      refresh: () => ({ accessToken: "a", refreshToken: "r" }),
    });
    await first.source.token({});
    const used: (string | undefined)[] = [];
    const second = tokenServer({
      initial: undefined,
      store,
      refresh: ({ refreshToken }) => {
        used.push(refreshToken);
        return { accessToken: "b" };
      },
    });
    expect(await second.source.token({})).toBe("a");
    expect(await second.source.token({ rejected: "a" })).toBe("b");
    expect(used).toEqual(["r"]);
    expect((await store.load())?.tokens).toEqual({ accessToken: "b", refreshToken: "r" });
  });

  it("with tokens that replaced the initial ones is used", async () => {
    const initial = { accessToken: "access-0", refreshToken: "refresh-0" };
    const store = memoryStore();
    const first = tokenServer({ store, initial });
    expect(await first.source.token({})).toBe("access-0");
    expect(await first.source.token({ rejected: "access-0" })).toBe("access-1");
    // The next program gets the same initial tokens, which were used.
    const second = tokenServer({ store, initial });
    expect(await second.source.token({})).toBe("access-1");
    expect(second.requests).toHaveLength(0);
  });

  it("with tokens that replaced the initial ones is used, even if those expire later", async () => {
    const initial = { accessToken: "access-0", refreshToken: "refresh-0", expiresAt: start + 90 * minute };
    const store = memoryStore();
    const first = tokenServer({ store, initial });
    // The new token lives for 60 minutes.
    expect(await first.source.token({ rejected: "access-0" })).toBe("access-1");
    const second = tokenServer({ store, initial });
    expect(await second.source.token({})).toBe("access-1");
    expect(second.requests).toHaveLength(0);
  });

  it("and initial tokens of another session: those that expire later are used", async () => {
    const later = { accessToken: "later", expiresAt: start + 61 * minute };
    expect(
      await tokenServer({ store: await storeWith(storedTokens("a")), initial: later }).source.token({}),
    ).toBe("later");
    const earlier = { accessToken: "earlier", expiresAt: start + 20 * minute };
    expect(
      await tokenServer({ store: await storeWith(storedTokens("a")), initial: earlier }).source.token({}),
    ).toBe("a");
    const unknown = { accessToken: "unknown" };
    expect(
      await tokenServer({ store: await storeWith(storedTokens("a")), initial: unknown }).source.token({}),
    ).toBe("a");
  });

  it("is read again before a refresh, because another process may have refreshed", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    await store.save(storedTokens("b"), "a");
    expect(await source.token({ rejected: "a" })).toBe("b");
    expect(requests).toHaveLength(0);
    // Its tokens need a refresh too: this source makes it, with the newest refresh token.
    expect(await source.token({ rejected: "b" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "b-refresh" }]);
  });

  it.each([
    ["are used if they last for another minute", 61 * minute, "b", []],
    ["are refreshed if they have expired as well", 59 * minute, "access-1", [{ refreshToken: "b-refresh" }]],
  ])("with newer tokens of another process: these %s", async (_, lifeMs, expected, made) => {
    const store = await storeWith(storedTokens("a"));
    const { source, clock, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    const tokens = { accessToken: "b", refreshToken: "b-refresh", expiresAt: start + lifeMs };
    await store.save(storedTokens("b", { tokens }), "a");
    clock.advance("59m 45s");
    expect(await source.token({})).toBe(expected);
    expect(requests).toMatchObject(made);
  });

  it("that cannot save loses no tokens: calls use the pair in memory, and it is saved later", async () => {
    let isFull = true;
    const inner = await storeWith(storedTokens("old"));
    const store: TokenStore = {
      ...inner,
      save: (next, expected) => (isFull ? Promise.reject(new Error("full")) : inner.save(next, expected)),
    };
    const { source, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("old");
    expect(await source.token({ rejected: "old" })).toBe("access-1");
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
    expect(requests.map(({ refreshToken }) => refreshToken)).toEqual(["old-refresh", "refresh-1"]);
    isFull = false;
    expect(await source.token({ rejected: "access-2" })).toBe("access-3");
    expect((await inner.load())?.tokens.accessToken).toBe("access-3");
  });

  it("that hangs while it saves costs timeoutMs, not the pair", async () => {
    const store = await storeWith(undefined, { save: () => new Promise(() => {}) });
    const { source, clock } = tokenServer({ store, initial: undefined });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(clock.pending).toBe(0);
  });

  it("that cannot be read leaves the tokens in memory in use; then the error names the store", async () => {
    const inner = await storeWith(storedTokens("a"));
    let isDown = false;
    const store: TokenStore = {
      ...inner,
      name: "the company's vault",
      load: () => (isDown ? Promise.reject(new Error("ECONNREFUSED")) : inner.load()),
    };
    const { source, clock, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("a");
    isDown = true;
    clock.advance("59m");
    expect(await source.token({})).toBe("a");
    clock.advance("1m");
    expect(await failureOf(source.token({}))).toMatchObject({
      name: "TokenStoreError",
      code: "unavailable",
      message: "the company's vault cannot be read: ECONNREFUSED",
    });
    expect(requests).toHaveLength(0);
    isDown = false;
    expect(await source.token({})).toBe("access-1");
  });

  it("that cannot be read stops no call, and delays none, in the last half minute of the token in memory", async () => {
    const inner = await storeWith(storedTokens("a"));
    let isDown = false;
    const load = () => (isDown ? Promise.reject(new Error("ECONNREFUSED")) : inner.load());
    const { source, clock, requests } = tokenServer({ store: { ...inner, load }, initial: undefined });
    expect(await source.token({})).toBe("a");
    isDown = true;
    clock.advance("59m 35s");
    for (let calls = 0; calls < 20; calls++) {
      const before = clock.now();
      expect(await source.token({})).toBe("a");
      expect(clock.now()).toBe(before);
      clock.advance("1s");
      await settled();
    }
    expect(await failureOf(source.token({ rejected: "a" }))).toMatchObject({ name: "TokenStoreError" });
    expect(requests).toHaveLength(0);
    isDown = false;
    expect(await source.token({})).toBe("access-1");
  });

  it("that cannot be read at first leaves the initial tokens in use, and is read again", async () => {
    const load = vi.fn(async (): Promise<Stored | undefined> => undefined);
    load.mockRejectedValueOnce(new Error("EACCES"));
    const { source, requests } = tokenServer({ store: await storeWith(undefined, { load }) });
    expect(await source.token({})).toBe("access-0");
    expect(await source.token({ rejected: "access-0" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "refresh-0" }]);
  });

  it("that cannot be read at first is read again if the initial tokens have expired", async () => {
    const inner = await storeWith(storedTokens("a"));
    let isDown = true;
    const load = () => (isDown ? Promise.reject(new Error("EACCES")) : inner.load());
    const initial = { accessToken: "expired", expiresAt: start - minute };
    const { source, requests } = tokenServer({ store: { ...inner, load }, initial });
    expect(await failureOf(source.token({}))).toMatchObject({ name: "TokenStoreError" });
    isDown = false;
    expect(await source.token({})).toBe("a");
    expect(requests).toHaveLength(0);
  });

  it("whose first load never settles does not block calls for ever", async () => {
    const load = vi.fn<() => Promise<Stored | undefined>>(() => new Promise(() => {}));
    const { source, clock } = tokenServer({
      initial: undefined,
      store: await storeWith(undefined, { load }),
    });
    const failure = failureOf(source.token({}));
    await settled();
    clock.advance("30s");
    expect(await failure).toMatchObject({
      message: "memoryStore cannot be read: no response within 30000 ms",
    });
    load.mockResolvedValue(undefined);
    expect(await source.token({})).toBe("access-1");
  });
});

describe("tokens that live for a minute, in a store that eight processes share", () => {
  it("are refreshed once in half their life, not once for each process and call", async () => {
    const store = memoryStore();
    let refreshes = 0;
    const clock = new CountingClock(start);
    const refresh = () => ({ accessToken: `access-${++refreshes}`, expiresAt: clock.now() + 60_000 });
    const sources = Array.from({ length: 8 }, () => refreshableToken({ refresh, store, clock }));
    for (let second = 0; second < 25; second++) {
      for (const source of sources) await source.token({});
      await settled();
      clock.advance("1s");
    }
    expect(refreshes).toBe(1);
  });

  it("and a clock that is ahead by more than their life makes one refresh, not one for each call", async () => {
    const store = memoryStore();
    let refreshes = 0;
    const clock = new CountingClock(start);
    // By the server's clock, which is an hour behind.
    const refresh = () => ({
      accessToken: `access-${++refreshes}`,
      expiresAt: clock.now() - 60 * minute + 60_000,
    });
    const sources = Array.from({ length: 3 }, () => refreshableToken({ refresh, store, clock }));
    for (let call = 0; call < 20; call++) for (const source of sources) await source.token({});
    expect(refreshes).toBe(1);
  });
});

describe("the wall clock", () => {
  function shiftedClock() {
    const clock = new CountingClock(start);
    let shiftMs = 0;
    const shifted = {
      now: () => clock.now() + shiftMs,
      monotonic: () => clock.now(),
      setTimeout: (callback: () => void, ms: number) => clock.setTimeout(callback, ms),
      sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
    };
    const shiftBy = (ms: number) => {
      shiftMs = ms;
    };
    return { clock, shifted, shiftBy };
  }

  it("counts the time that a computer has slept, which its monotonic clock may not", async () => {
    const { shifted, shiftBy } = shiftedClock();
    const { source } = tokenServer({ clock: shifted });
    expect(await source.token({})).toBe("access-0");
    shiftBy(60 * minute);
    expect(await source.token({})).toBe("access-1");
  });

  it("set back by an hour makes no token live longer, and no call wait", async () => {
    const { clock, shifted, shiftBy } = shiftedClock();
    const refresh = vi.fn(
      async (): Promise<Tokens> => ({ accessToken: "new", expiresAt: shifted.now() + 9e6 }),
    );
    refresh.mockRejectedValueOnce(new Error("down"));
    const initial = { accessToken: "old", expiresAt: start + 60 * minute };
    const source = refreshableToken({ refresh, initial, clock: shifted });
    expect(await source.token({})).toBe("old");
    shiftBy(-60 * minute);
    clock.advance("60m");
    // Its hour is over, although the wall clock was set back.
    expect(await failureOf(source.token({}))).toMatchObject({ name: "TokenRefreshError" });
    const failedAt = clock.now();
    shiftBy(0);
    expect(await source.token({})).toBe("new");
    expect(clock.now() - failedAt).toBe(250);
  });
});

describe("accept", () => {
  it("stores a pair from outside as a new session, and calls use it", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source, requests } = tokenServer({ store });
    await source.accept({ accessToken: "signed-in", refreshToken: "r" });
    expect(await source.token({})).toBe("signed-in");
    const stored = await store.load();
    expect(stored?.tokens).toEqual({ accessToken: "signed-in", refreshToken: "r" });
    expect(stored?.sessionId).not.toBe("ada");
    expect(requests).toHaveLength(0);
    // Refreshed tokens keep the session.
    await source.token({ rejected: "signed-in" });
    expect((await store.load())?.sessionId).toBe(stored?.sessionId);
  });

  it("replaces a running refresh: calls that wait for it get the new pair, which is not overwritten", async () => {
    const store = memoryStore();
    let respond = (_tokens: Tokens) => {};
    let given: AbortSignal | undefined;
    const refresh = ({ signal }: RefreshRequest) =>
      new Promise<Tokens>((resolve) => {
        given = signal;
        respond = resolve;
      });
    const { source } = tokenServer({ store, initial: undefined, refresh });
    const waiting = source.token({});
    await settled();
    await source.accept({ accessToken: "signed-in" });
    expect(given?.aborted).toBe(true);
    respond({ accessToken: "late" });
    expect(await waiting).toBe("signed-in");
    await settled();
    expect(await source.token({})).toBe("signed-in");
    expect((await store.load())?.tokens).toEqual({ accessToken: "signed-in" });
  });

  it("keeps the pair in memory if it cannot be stored, and stores it with the next refresh", async () => {
    const inner = await storeWith(storedTokens("old"));
    let isDown = true;
    const store: TokenStore = {
      ...inner,
      load: () => (isDown ? Promise.reject(new Error("down")) : inner.load()),
      save: (next, expected) => (isDown ? Promise.reject(new Error("down")) : inner.save(next, expected)),
    };
    const { source, requests } = tokenServer({ store, initial: undefined });
    await source.accept({ accessToken: "signed-in", refreshToken: "r" });
    expect(await source.token({})).toBe("signed-in");
    isDown = false;
    expect(await source.token({ rejected: "signed-in" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "r" }]);
    expect((await inner.load())?.tokens.accessToken).toBe("access-1");
  });

  it("does not replace a later sign-in after the pair was stored, even if no refresh has succeeded", async () => {
    const inner = memoryStore();
    let isDown = true;
    const store: TokenStore = {
      ...inner,
      save: (next, expected) => (isDown ? Promise.reject(new Error("down")) : inner.save(next, expected)),
    };
    const { source } = tokenServer({
      store,
      initial: undefined,
      refresh: () => Promise.reject(new Error("the token server is down")),
    });
    await source.accept({ accessToken: "ada" });
    isDown = false;
    expect(await failureOf(source.token({ rejected: "ada" }))).toMatchObject({ name: "TokenRefreshError" });
    const saved = await inner.load();
    expect(saved?.tokens.accessToken).toBe("ada");
    await inner.save(storedTokens("grace", { sessionId: "grace" }), saved?.revision);
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SessionChangedError" });
    expect((await inner.load())?.tokens.accessToken).toBe("grace");
  });

  it("does not wait because of the failures of the session before", async () => {
    const refresh = vi.fn<() => Promise<Tokens>>(() => Promise.reject(new Error("down")));
    refresh.mockReturnValueOnce(new Promise(() => {}));
    const { source, clock } = tokenServer({ initial: undefined, refresh });
    const waiting = source.token({});
    await settled();
    await source.accept({ accessToken: "ada" });
    expect(await waiting).toBe("ada");
    await settled();
    const before = clock.now();
    await failureOf(source.token({ rejected: "ada" }));
    expect(clock.now()).toBe(before);
  });

  it("refuses anything but a pair, and an invalid date", async () => {
    const { source } = tokenServer();
    await expect(source.accept({ accessToken: "" })).rejects.toThrow(InvalidArgumentError);
    await expect(source.accept({ accessToken: "a", expiresAt: 1_767_225_600 })).rejects.toThrow(
      "milliseconds",
    );
    expect(() => tokenServer({ initial: { accessToken: "" } })).toThrow(InvalidArgumentError);
  });
});

describe("clear", () => {
  it("signs out here and in the store: calls fail until the next sign-in, and nothing is refreshed", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source, requests } = tokenServer({ store });
    expect(await source.token({})).toBe("a");
    await source.clear();
    expect(await store.load()).toBeUndefined();
    for (const rejected of [undefined, "a"]) {
      expect(await failureOf(source.token({ rejected }))).toMatchObject({ name: "SignInAgainError" });
    }
    expect(requests).toHaveLength(0);
    await source.accept({ accessToken: "again" });
    expect(await source.token({})).toBe("again");
  });

  it("signs out before the first call too, without a store as well", async () => {
    const { source, requests } = tokenServer();
    await source.clear();
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
    expect(requests).toHaveLength(0);
  });

  it("ends a refresh that is running, and its tokens are dropped", async () => {
    const store = memoryStore();
    let respond = (_tokens: Tokens) => {};
    const refresh = () =>
      new Promise<Tokens>((resolve) => {
        respond = resolve;
      });
    const { source } = tokenServer({ store, initial: undefined, refresh });
    const waiting = failureOf(source.token({}));
    await settled();
    await source.clear();
    respond({ accessToken: "late" });
    expect(await waiting).toMatchObject({ name: "SignInAgainError" });
    await settled();
    expect(await store.load()).toBeUndefined();
  });

  it("deletes the tokens in memory even if the store is down, and fails", async () => {
    const store = await storeWith(storedTokens("a"), { clear: () => Promise.reject(new Error("down")) });
    const { source } = tokenServer({ store });
    await source.token({});
    expect(await failureOf(source.clear())).toMatchObject({ name: "TokenStoreError" });
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
  });

  it("by another process ends the session here", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source, requests } = tokenServer({ store, initial: undefined });
    await source.token({});
    await store.clear();
    expect(await failureOf(source.token({ rejected: "a" }))).toMatchObject({ name: "SignInAgainError" });
    expect(requests).toHaveLength(0);
  });
});

describe("another session", () => {
  const grace = storedTokens("grace", { sessionId: "grace" });

  it("in the store is an error until the next sign-in here", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source } = tokenServer({ store, initial: undefined });
    await source.token({});
    await store.save(grace, "a");
    for (const rejected of ["a", undefined]) {
      expect(await failureOf(source.token({ rejected }))).toMatchObject({ name: "SessionChangedError" });
    }
    await source.accept({ accessToken: "ada-again" });
    expect(await source.token({})).toBe("ada-again");
  });

  it("is not used for a call that was sent so long ago that its token is forgotten", async () => {
    const { source } = tokenServer();
    const sent = await source.token({});
    for (let count = 0; count < 70; count++) {
      await source.accept({ accessToken: `later-${count}` });
      await source.token({});
    }
    expect(await failureOf(source.token({ sent }))).toMatchObject({ name: "SessionChangedError" });
  });

  it("is followed with followSignIns, but not by a call that was sent before", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source } = tokenServer({ store, initial: undefined, followSignIns: true });
    await source.token({});
    await store.save(grace, "a");
    expect(await failureOf(source.token({ rejected: "a" }))).toMatchObject({ name: "SessionChangedError" });
    expect(await source.token({})).toBe("grace");
    expect(await failureOf(source.token({ sent: "a" }))).toMatchObject({ name: "SessionChangedError" });
  });
});

describe("options", () => {
  it.each([
    [{ refresh: "x" }, "refresh must be a function"],
    [{ advisoryMs: -1 }, "advisoryMs must be a number"],
    [{ mandatoryMs: "30s" }, "mandatoryMs must be a number"],
    [{ timeoutMs: Number.NaN }, "timeoutMs must be a number"],
    [{ takeOverMs: Number.NaN }, "takeOverMs must be a number"],
    [{ store: {} }, "store must have a method `load`"],
    [{ clock: { now: Date.now } }, "clock must have a method `setTimeout`"],
    [{ lock: true }, "lock must be a function"],
    [{ followSignIns: "yes" }, "followSignIns must be true or false"],
    [{ initial: { accessToken: "a", expiresAt: 1_767_225_600 } }, "in milliseconds"],
    [{ advisory: 1 }, "advisory is not an option"],
  ])("%j are refused", (wrong, text) => {
    const options: RefreshableTokenOptions = { refresh: () => ({ accessToken: "a" }) };
    Object.assign(options, wrong);
    const refused = () => refreshableToken(options);
    expect(refused).toThrow(InvalidArgumentError);
    expect(refused).toThrow(text);
  });
});

describe("a lock", () => {
  /** A lock like Web Locks, in one process. */
  function sharedLock() {
    let last: Promise<unknown> = Promise.resolve();
    return async <T>(critical: () => Promise<T>): Promise<T> => {
      const turn = last.then(critical);
      last = turn.catch(() => {});
      return turn;
    };
  }

  it("lets two tabs share one refresh", async () => {
    const lock = sharedLock();
    const store = memoryStore();
    let refreshes = 0;
    const refresh = async () => {
      refreshes++;
      await settled();
      return { accessToken: `access-${refreshes}`, refreshToken: `refresh-${refreshes}` };
    };
    const tabs = [1, 2].map(() =>
      refreshableToken({ refresh, store, lock, clock: new CountingClock(start) }),
    );
    expect(await Promise.all(tabs.map((tab) => tab.token({})))).toEqual(["access-1", "access-1"]);
    const renewed = await Promise.all(tabs.map((tab) => tab.token({ rejected: "access-1" })));
    expect(renewed).toEqual(["access-2", "access-2"]);
    expect(refreshes).toBe(2);
  });

  it("is the store's own unless another is given, and is released even if a refresh hangs", async () => {
    const held = { now: 0 };
    const lock = async <T>(critical: () => Promise<T>): Promise<T> => {
      held.now++;
      return critical().finally(() => held.now--);
    };
    const store = { ...memoryStore(), lock };
    const { source, clock } = tokenServer({
      store,
      initial: undefined,
      refresh: () => new Promise(() => {}),
    });
    const failure = failureOf(source.token({}));
    await settled();
    expect(held.now).toBe(1);
    clock.advance("30s");
    await failure;
    await settled();
    expect(held.now).toBe(0);
  });

  it("of a store that is an instance of a class has its `this`, and is not used if another is given", async () => {
    class LockingStore {
      locked = 0;
      readonly #inner = memoryStore();
      load = () => this.#inner.load();
      save: TokenStore["save"] = (next, expected) => this.#inner.save(next, expected);
      clear = () => this.#inner.clear();
      lock<T>(critical: () => Promise<T>): Promise<T> {
        this.locked++;
        return critical();
      }
    }
    const store = new LockingStore();
    expect(await tokenServer({ store, initial: undefined }).source.token({})).toBe("access-1");
    expect(store.locked).toBe(1);

    const [other, given] = [new LockingStore(), new LockingStore()];
    const lock: TokenStore["lock"] = (critical) => given.lock(critical);
    expect(await tokenServer({ store: other, initial: undefined, lock }).source.token({})).toBe("access-1");
    expect([other.locked, given.locked]).toEqual([0, 1]);
  });

  it("is a Web Lock for a store without one, and none if no store is shared", async () => {
    const request = vi.fn(async (_name: string, _options: LockOptions, callback: () => unknown) =>
      callback(),
    );
    vi.stubGlobal("navigator", { locks: { request } });
    expect(await tokenServer({ initial: undefined }).source.token({})).toBe("access-1");
    expect(request).not.toHaveBeenCalled();
    const store = memoryStore();
    expect(await tokenServer({ store, initial: undefined }).source.token({})).toBe("access-1");
    expect(request.mock.calls).toMatchObject([["tenantry", {}, expect.any(Function)]]);
  });

  it("that cannot be released does not keep the call for longer than timeoutMs", async () => {
    const lock = async <T>(critical: () => Promise<T>): Promise<T> => {
      await critical();
      return new Promise(() => {});
    };
    const { source, clock } = tokenServer({ initial: undefined, lock });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["is never given back", () => new Promise<never>(() => {})],
    ["cannot be had", () => Promise.reject(new Error("EROFS"))],
  ])("that %s does not stop the refresh", async (_kind, lock) => {
    const { source, clock, requests } = tokenServer({ initial: undefined, lock });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(requests).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("does not make a call wait after another source has refreshed the token", async () => {
    const store = await storeWith(
      storedTokens("over", { tokens: { accessToken: "over", expiresAt: start } }),
    );
    const { source, clock, requests } = tokenServer({
      store,
      initial: undefined,
      lock: () => new Promise<never>(() => {}),
    });
    const waiting = source.token({});
    await settled();
    await store.save(storedTokens("others"), "over");
    clock.advance("250ms");
    expect(await waiting).toBe("others");
    expect(clock.pending).toBe(0);
    expect(requests).toHaveLength(0);
  });
});

describe("secrets", () => {
  it("are not in a dump of the source, or in the error of a refresh that contains them", async () => {
    const told = new Error("invalid_grant: refresh-0", { cause: new Error("access-0 is over") });
    const { source } = tokenServer({ refresh: () => Promise.reject(told), store: memoryStore() });
    const error = await failureOf(source.token({ rejected: "access-0" }));
    const dump = inspect([source, error], { depth: 9, showHidden: true }) + JSON.stringify([source, error]);
    expect(dump).not.toMatch(/access-0|refresh-0/);
    expect(inspect(error)).toContain("invalid_grant: [secret]");
  });

  it("of signed-out tokens are not in the error of a store, no matter how often `clear()` fails", async () => {
    const store = await storeWith(storedTokens("stored"), {
      clear: () => Promise.reject(new Error("DEL failed: stored, stored-refresh")),
    });
    const { source } = tokenServer({ store });
    await source.token({});
    for (let times = 0; times < 2; times++) {
      const error = await failureOf(source.clear());
      expect(String(error)).toMatch(/DEL failed: \[secret\], \[secret\]/);
      expect(inspect(error, { depth: 9 })).not.toContain("stored-");
    }
  });

  it("are not in the name of an error of `refresh`", async () => {
    const named = Object.assign(new Error("no"), { name: "refresh-0" });
    const { source } = tokenServer({ refresh: () => Promise.reject(named) });
    const error = await failureOf(source.token({ rejected: "access-0" }));
    expect(error).toMatchObject({ message: "`refresh` threw [secret]: no" });
  });

  const body = "n3w-access&expires_in=3600";
  it.each<[string, Partial<RefreshableTokenOptions>, string]>([
    ["`refresh`", { refresh: () => JSON.parse(body) }, "`refresh` threw SyntaxError"],
    [
      "the store",
      { store: { ...memoryStore(), load: async () => JSON.parse(body) }, initial: undefined },
      "memoryStore cannot be read: SyntaxError",
    ],
  ])("of a response that %s cannot parse are not in the error", async (_, options, text) => {
    const error = await failureOf(tokenServer(options).source.token({ rejected: "access-0" }));
    expect(error).toMatchObject({ message: text, cause: "SyntaxError" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("n3w");
  });
});
