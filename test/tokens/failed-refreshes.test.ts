import {
  DeadlineExceededError,
  memoryStore,
  type RefreshableTokenOptions,
  type RefreshRequest,
  type TokenStore,
  type Tokens,
} from "tenantry";
import { describe, expect, it, vi } from "vitest";
import { deferred, failureOf, settled } from "../support/promises.js";
import { sometimesDown, start, storedTokens, storeWith, tokenServer } from "./support/token-server.js";

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

  it("in the background makes no call fail, and is not retried at each call", async () => {
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

  it("may be one that returns a token that cannot be sent", async () => {
    const { source } = tokenServer({ initial: undefined, refresh: () => ({ accessToken: "Bearer s3cr3t" }) });
    expect(await failureOf(source.token({}))).toMatchObject({
      name: "TokenRefreshError",
      message: 'the result of `refresh` has an accessToken that must be one word, without "Bearer "',
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

  it("does not keep another process waiting", async () => {
    const store = await storeWith(storedTokens("old"));
    const refresh = () => {
      throw new Error("no tokens today");
    };
    const first = tokenServer({ store, initial: undefined, refresh });
    await failureOf(first.source.token({ rejected: "old" }));
    const second = tokenServer({ store, initial: undefined });
    expect(await second.source.token({ rejected: "old" })).toBe("access-1");
    expect(second.clock.now()).toBe(start);
  });

  it("is the error of the call, even if the store cannot be read at that moment", async () => {
    const store = sometimesDown(await storeWith(storedTokens("old")), "load");
    const refresh = () => {
      store.isDown = true;
      throw new Error("no tokens today");
    };
    const { source } = tokenServer({ store, initial: undefined, refresh });
    expect(await source.token({})).toBe("old");
    expect(await failureOf(source.token({ rejected: "old" }))).toMatchObject({
      name: "TokenRefreshError",
      message: "`refresh` threw Error: no tokens today",
    });
  });

  it.each([
    ["its own limit", new DOMException("5 s are over", "TimeoutError")],
    ["a client's limit", new DeadlineExceededError("no response within 5000 ms")],
  ])("because of %s is a NetworkError, as without a network", async (_, reason) => {
    const { source, clock } = tokenServer({ refresh: () => Promise.reject(reason) });
    clock.advance("2h");
    expect(await failureOf(source.token({}))).toMatchObject({ name: "NetworkError" });
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

  it("because the session has ended is tried again after a wait if there is no refresh token, as with a cookie", async () => {
    const refresh = vi.fn(() => Promise.reject(Object.assign(new Error("400"), { error: "invalid_grant" })));
    const { source, clock } = tokenServer({ initial: undefined, refresh });
    const before = clock.now();
    for (let calls = 1; calls <= 4; calls++) {
      expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
      expect(refresh).toHaveBeenCalledTimes(calls);
    }
    expect(clock.now() - before).toBe(250 + 500 + 1_000);
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
    const response = deferred<Tokens>();
    const refresh = vi.fn((_request: RefreshRequest) => response.promise);
    const server = tokenServer({ initial: undefined, store, refresh });
    const controller = new AbortController();
    const leaving = failureOf(server.source.token({ signal: controller.signal }));
    await settled();
    return { ...server, refresh, controller, leaving, respond: response.resolve };
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

  it("while the next call reads the store is used by that call, even if the store cannot save", async () => {
    const inner = await storeWith(over);
    let load = deferred();
    load.resolve();
    const { source, clock, refresh, leaving, respond } = await slow({
      ...inner,
      load: async () => {
        const stored = await inner.load();
        await load.promise;
        return stored;
      },
      save: () => Promise.reject(new Error("full")),
    });
    clock.advance("31s");
    await leaving;
    load = deferred();
    const token = source.token({});
    await settled();
    clock.advance("250ms");
    await settled();
    respond(next);
    await settled();
    load.resolve();
    expect(await token).toBe("next");
    expect(refresh).toHaveBeenCalledTimes(1);
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
