import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { CountingClock, failureOf, settled } from "../../../test/support/scripted.js";
import { isTimeout } from "../call/abort.js";
import { InvalidArgumentError } from "../errors/errors.js";
import { type RefreshableTokenOptions, type RefreshRequest, refreshableToken } from "./refreshable-token.js";
import { memoryStore, type StoredTokens, type TokenStore, type Tokens } from "./token-stores.js";

const minute = 60_000;

/** A token server that numbers its pairs, each good for an hour, and a source that refreshes there. */
function tokenServer(options: Partial<RefreshableTokenOptions> = {}) {
  const clock = new CountingClock(0);
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
  const initial = { accessToken: "access-0", refreshToken: "refresh-0", expiresAt: new Date(60 * minute) };
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
    const { source, clock, requests } = tokenServer({ initial: { accessToken: jwt(3_600) } });
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
      clock.advance("1s");
    }
    expect(count).toBe(6);
  });

  it("not at each call if the clocks disagree so much that a new token seems to have expired", async () => {
    const refresh = vi.fn(() => ({ accessToken: "access-1", expiresAt: 5 * minute }));
    const { source, clock } = tokenServer({ initial: undefined, refresh });
    clock.advance("1h");
    for (let calls = 0; calls < 3; calls++) expect(await source.token({})).toBe("access-1");
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});

describe("one refresh for all", () => {
  it("1,000 calls on an expired token", async () => {
    const { source, clock, requests } = tokenServer();
    clock.advance("2h");
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => source.token({})));
    expect(new Set(tokens)).toEqual(new Set(["access-1"]));
    expect(requests).toHaveLength(1);
  });

  it("1,000 refusals of one token, at once and later", async () => {
    const { source, requests } = tokenServer();
    const rejected = "access-0";
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => source.token({ rejected })));
    expect(new Set(tokens)).toEqual(new Set(["access-1"]));
    // A late one does not throw the new token away.
    expect(await source.token({ rejected })).toBe("access-1");
    expect(requests).toHaveLength(1);
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
  });

  it("a caller's abort ends only that caller's wait", async () => {
    let answer = (_tokens: Tokens) => {};
    const asked: RefreshRequest[] = [];
    const { source } = tokenServer({
      initial: undefined,
      refresh: (request) => {
        asked.push(request);
        return new Promise((resolve) => {
          answer = resolve;
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
    answer({ accessToken: "access-1" });
    expect(await staying).toBe("access-1");
    expect(asked).toHaveLength(1);
  });
});

describe("a refresh that fails", () => {
  it("rejects all who wait, with a copy of its error; the next call tries again", async () => {
    const refresh = vi.fn(async (): Promise<Tokens> => ({ accessToken: "access-1" }));
    refresh.mockRejectedValueOnce(new Error("the token server is down"));
    const { source } = tokenServer({ initial: undefined, refresh });
    const failures = await Promise.all([1, 2, 3].map(() => failureOf(source.token({}))));
    const expected = { name: "Error", message: "the token server is down" };
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
    expect(await failureOf(source.token({}))).toMatchObject({ name: "InvalidArgumentError" });
  });

  it("because it hangs ends after timeoutMs, is aborted, and leaves no timer", async () => {
    let signal: AbortSignal | undefined;
    const { source, clock } = tokenServer({
      initial: undefined,
      refresh: (request) => {
        signal = request.signal;
        return new Promise(() => {});
      },
    });
    const failure = failureOf(source.token({}));
    await settled();
    clock.advance("29s");
    expect(signal?.aborted).toBe(false);
    clock.advance("1s");
    expect(isTimeout(await failure)).toBe(true);
    expect(signal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

describe("a store", () => {
  it("has the new pair before the first call uses it", async () => {
    const events: string[] = [];
    const store: TokenStore = {
      load: () => undefined,
      save: async ({ accessToken, refreshToken }) => {
        await settled();
        events.push(`saved ${accessToken} ${refreshToken}`);
      },
    };
    const { source } = tokenServer({ initial: undefined, store });
    events.push(`used ${await source.token({})}`);
    expect(events).toEqual(["saved access-1 refresh-1", "used access-1"]);
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
    expect(store.load()).toEqual({ accessToken: "b", refreshToken: "r" });
  });

  it("and the initial tokens: those that expire later count", async () => {
    const stored: StoredTokens = { accessToken: "stored", expiresAt: 30 * minute };
    const store = { load: () => stored, save() {} };
    expect(await tokenServer({ store }).source.token({})).toBe("access-0");
    const initial = { accessToken: "older", expiresAt: 20 * minute };
    expect(await tokenServer({ store, initial }).source.token({})).toBe("stored");
  });

  it("is read again before a refresh, because another process may have refreshed", async () => {
    let stored: StoredTokens = { accessToken: "access-0", refreshToken: "refresh-0" };
    const store = { load: () => stored, save() {} };
    const { source, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("access-0");
    stored = { accessToken: "other", refreshToken: "other-refresh" };
    expect(await source.token({ rejected: "access-0" })).toBe("other");
    expect(requests).toHaveLength(0);
    // Not new any more: now it is our turn, with the newest refresh token.
    expect(await source.token({ rejected: "other" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "other-refresh" }]);
  });

  it("that cannot save loses nothing: calls use the pair in memory", async () => {
    const store: TokenStore = {
      load: () => ({ accessToken: "old" }),
      save: () => Promise.reject(new Error("full")),
    };
    const { source, requests } = tokenServer({ store, initial: undefined });
    expect(await source.token({})).toBe("old");
    expect(await source.token({ rejected: "old" })).toBe("access-1");
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
    expect(requests.map(({ refreshToken }) => refreshToken)).toEqual([undefined, "refresh-1"]);
  });

  it("that hangs while it saves costs timeoutMs, not the pair", async () => {
    const store: TokenStore = { load: () => undefined, save: () => new Promise(() => {}) };
    const { source, clock } = tokenServer({ store, initial: undefined });
    const token = source.token({});
    await settled();
    clock.advance("30s");
    expect(await token).toBe("access-1");
    expect(clock.pending).toBe(0);
  });

  it("that cannot be read fails the call, and is read again at the next call", async () => {
    const load = vi.fn(async () => undefined);
    load.mockRejectedValueOnce(new Error("EACCES"));
    const { source } = tokenServer({ store: { load, save() {} } });
    expect(await failureOf(source.token({}))).toMatchObject({ message: "EACCES" });
    expect(await source.token({})).toBe("access-0");
  });
});

describe("accept", () => {
  it("stores a pair from outside, and calls use it", async () => {
    const store = memoryStore();
    const { source, requests } = tokenServer({ store });
    await source.accept({ accessToken: "signed-in", refreshToken: "r" });
    expect(await source.token({})).toBe("signed-in");
    expect(store.load()).toEqual({ accessToken: "signed-in", refreshToken: "r" });
    expect(requests).toHaveLength(0);
  });

  it("replaces a running refresh: calls that wait for it get the new pair, which is not overwritten", async () => {
    const store = memoryStore();
    let answer = (_tokens: Tokens) => {};
    const refresh = ({ signal }: RefreshRequest) =>
      new Promise<Tokens>((resolve, reject) => {
        answer = resolve;
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    const { source } = tokenServer({ store, initial: undefined, refresh });
    const waiting = source.token({});
    await settled();
    await source.accept({ accessToken: "signed-in" });
    answer({ accessToken: "late" });
    expect(await waiting).toBe("signed-in");
    await settled();
    expect(await source.token({})).toBe("signed-in");
    expect(store.load()).toEqual({ accessToken: "signed-in" });
  });

  it("keeps the pair in memory if it cannot be stored", async () => {
    const store: TokenStore = { load: () => undefined, save: () => Promise.reject(new Error("full")) };
    const { source } = tokenServer({ store });
    await source.accept({ accessToken: "signed-in" });
    expect(await source.token({})).toBe("signed-in");
  });

  it("refuses anything but a pair", async () => {
    const { source } = tokenServer();
    await expect(source.accept({ accessToken: "" })).rejects.toThrow(InvalidArgumentError);
    expect(() => tokenServer({ initial: { accessToken: "" } })).toThrow(InvalidArgumentError);
  });
});

describe("a lock", () => {
  /** A lock as Web Locks have it, in one process. */
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
    const tabs = [1, 2].map(() => refreshableToken({ refresh, store, lock, clock: new CountingClock(0) }));
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

  it("that is never released is waited for no longer than timeoutMs", async () => {
    let given: AbortSignal | undefined;
    const { source, clock } = tokenServer({
      initial: undefined,
      lock: (_critical, signal) => {
        given = signal;
        return new Promise(() => {});
      },
    });
    const failure = failureOf(source.token({}));
    await settled();
    clock.advance("30s");
    expect(isTimeout(await failure)).toBe(true);
    expect(given?.aborted).toBe(true);
  });
});

describe("secrets", () => {
  it("are not in a dump of the source, nor in the error of a refresh that contains them", async () => {
    const told = new Error("invalid_grant: refresh-0", { cause: new Error("access-0 is over") });
    const { source } = tokenServer({ refresh: () => Promise.reject(told), store: memoryStore() });
    const error = await failureOf(source.token({ rejected: "access-0" }));
    const dump = inspect([source, error], { depth: 9, showHidden: true }) + JSON.stringify([source, error]);
    expect(dump).not.toMatch(/access-0|refresh-0/);
    expect(String(error)).toContain("invalid_grant: [secret]");
  });
});
