import { memoryStore, type RefreshRequest, refreshableToken, type Tokens } from "tenantry";
import { describe, expect, it, vi } from "vitest";
import { CountingClock } from "../support/counted.js";
import { deferred, failureOf, settled } from "../support/promises.js";
import { ShiftedClock } from "../support/shifted-clock.js";
import { minute, start, storedTokens, storeWith, tokenServer } from "./support/token-server.js";

describe("refreshableToken refreshes", () => {
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

  it("in the background with `advisoryMs` left, and before the calls with `mandatoryMs` left", async () => {
    const { source, clock, requests } = tokenServer({ advisoryMs: 20 * minute, mandatoryMs: 10 * minute });
    clock.advance("39m");
    expect(await source.token({})).toBe("access-0");
    expect(requests).toHaveLength(0);
    clock.advance("1m");
    expect(await source.token({})).toBe("access-0");
    await settled();
    expect(await source.token({})).toBe("access-1");
    clock.advance("50m");
    expect(await source.token({})).toBe("access-2");
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

describe("the calls that share a refreshableToken", () => {
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
    const response = deferred<Tokens>();
    const refresh = vi.fn((_request: RefreshRequest) => response.promise);
    const { source } = tokenServer({ initial: undefined, refresh });
    const controller = new AbortController();
    const leaving = failureOf(source.token({ signal: controller.signal }));
    const staying = source.token({});
    await settled();
    controller.abort("left");
    expect(await leaving).toBe("left");
    expect(refresh.mock.calls[0]?.[0].signal.aborted).toBe(false);
    response.resolve({ accessToken: "access-1" });
    expect(await staying).toBe("access-1");
    expect(refresh).toHaveBeenCalledOnce();
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

describe("a server that issues the refused token again", () => {
  it("gets one refresh for all calls that wait, and none for later calls", async () => {
    const refresh = vi.fn(
      async (): Promise<Tokens> => ({ accessToken: "access-0", refreshToken: "refresh-1" }),
    );
    const { source } = tokenServer({ refresh });
    const token = await source.token({});
    const waiting = Array.from({ length: 30 }, () => source.token({ rejected: token }));
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["access-0"]));
    for (let calls = 0; calls < 5; calls++) await source.token({});
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});

describe("the wall clock of a refreshableToken", () => {
  it("counts the time that a computer has slept, which its monotonic clock may not", async () => {
    const clock = new ShiftedClock(start);
    const { source } = tokenServer({ clock });
    expect(await source.token({})).toBe("access-0");
    clock.shiftMs = 60 * minute;
    expect(await source.token({})).toBe("access-1");
  });

  it("set back by an hour makes no token live longer, and no call wait", async () => {
    const clock = new ShiftedClock(start);
    const refresh = vi.fn(
      async (): Promise<Tokens> => ({ accessToken: "new", expiresAt: clock.now() + 9e6 }),
    );
    refresh.mockRejectedValueOnce(new Error("down"));
    const initial = { accessToken: "old", expiresAt: start + 60 * minute };
    const source = refreshableToken({ refresh, initial, clock });
    expect(await source.token({})).toBe("old");
    clock.shiftMs = -60 * minute;
    clock.inner.advance("60m");
    // Its hour is over, although the wall clock was set back.
    expect(await failureOf(source.token({}))).toMatchObject({ name: "TokenRefreshError" });
    const failedAt = clock.monotonic();
    clock.shiftMs = 0;
    expect(await source.token({})).toBe("new");
    expect(clock.monotonic() - failedAt).toBe(250);
  });
});
