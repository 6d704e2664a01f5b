import type { RefreshableTokenOptions, RefreshRequest, Stored, TokenStore, Tokens } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf, settled } from "../support/promises.js";
import { old, scene } from "./support/scene.js";

describe("a refresh that takes longer than timeoutMs", () => {
  /** A source whose refreshes the test ends: each adds its functions to `responses`. */
  function late(options: Partial<RefreshableTokenOptions> = {}) {
    const world = scene();
    const responses: { resolve: (tokens: Tokens) => void; reject: (reason: Error) => void }[] = [];
    const refresh = ({ refreshToken }: RefreshRequest) => {
      world.sent.push(refreshToken);
      return new Promise<Tokens>((resolve, reject) => responses.push({ resolve, reject }));
    };
    const auth = world.source({ refresh, timeoutMs: 1_000, ...options });
    return { ...world, auth, responses };
  }

  /** Makes a call whose refresh takes too long. */
  async function timeOut({ auth, clock }: Pick<ReturnType<typeof late>, "auth" | "clock">) {
    const token = failureOf(auth.token({}));
    await settled();
    clock.advance("1s");
    expect(await token).toMatchObject({ name: "TokenRefreshError" });
  }

  it("is not sent again before takeOverMs is over: calls wait for it, and use its tokens", async () => {
    const world = late();
    const { auth, responses, save, pair, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    const second = failureOf(auth.token({}));
    for (let times = 0; times < 6; times++) {
      clock.advance("250ms");
      await settled();
    }
    expect(await second).toMatchObject({ name: "TokenRefreshError" });
    const third = auth.token({});
    await settled();
    clock.advance("500ms");
    await settled();
    responses[0]?.resolve(pair("late"));
    await settled();
    clock.advance("250ms");
    expect(await third).toBe("a-late");
    expect(sent).toEqual(["r-old"]);
  });

  it("is not sent again after its tokens have arrived, even if the next one has begun", async () => {
    const world = late({ takeOverMs: 1_000 });
    const { auth, responses, plan, save, pair, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    const endMark = plan("save", "waits before");
    const next = auth.token({});
    await settled();
    clock.advance("250ms");
    await settled();
    // The tokens arrive while the next refresh is being marked, and cannot be saved.
    plan("save", "fails");
    responses[0]?.resolve(pair("late"));
    await settled();
    endMark();
    await settled();
    clock.advance("250ms");
    await settled();
    expect(sent).toEqual(["r-old", "r-late"]);
    responses[1]?.resolve(pair("last"));
    expect(await next).toBe("a-last");
  });

  it("is not sent again while its tokens are being saved", async () => {
    const world = late();
    const { auth, responses, plan, save, pair, sent } = world;
    await save({ tokens: old });
    await timeOut(world);
    const endSave = plan("save", "waits before");
    responses[0]?.resolve(pair("late"));
    await settled();
    const endMark = plan("save", "waits after");
    const next = auth.token({});
    await settled();
    endMark();
    await settled();
    endSave();
    await settled();
    expect(await next).toBe("a-late");
    expect(sent).toEqual(["r-old"]);
  });

  it("keeps its mark in the store, because its tokens may still arrive", async () => {
    const world = late();
    const { inner, save } = world;
    await save({ tokens: old });
    await timeOut(world);
    expect(await inner.load()).toMatchObject({ tokens: old, refreshStartedAt: expect.any(Number) });
  });

  it("and then fails does not delay the next one", async () => {
    const world = late();
    const { auth, responses, save, pair, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    responses[0]?.reject(new Error("the token server is down"));
    await settled();
    const next = auth.token({});
    for (let times = 0; times < 3; times++) {
      await settled();
      clock.advance("250ms");
    }
    await settled();
    expect(sent).toEqual(["r-old", "r-old"]);
    responses[1]?.resolve(pair("new"));
    expect(await next).toBe("a-new");
  });

  it("is not sent again while its tokens are being saved, even after takeOverMs", async () => {
    const world = late({ takeOverMs: 1_000 });
    const { auth, responses, plan, save, pair, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    const endSave = plan("save", "waits before");
    responses[0]?.resolve(pair("late"));
    await settled();
    const next = auth.token({});
    await settled();
    clock.advance("250ms");
    await settled();
    expect(sent).toEqual(["r-old"]);
    endSave();
    await settled();
    clock.advance("250ms");
    expect(await next).toBe("a-late");
    expect(sent).toEqual(["r-old"]);
  });

  it("and fails for good is not sent again", async () => {
    const world = late();
    const { auth, responses, save, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    responses[0]?.reject(new Error("invalid_grant"));
    await settled();
    const next = failureOf(auth.token({}));
    clock.advance("1s");
    expect(await next).toMatchObject({ name: "SignInAgainError" });
    expect(sent).toEqual(["r-old"]);
  });
});

describe("a refresh", () => {
  it("is not sent if its process stalls twice, and another one has taken over", async () => {
    const { inner, store, save, clock, sent, source } = scene();
    await save({ tokens: old });
    let marks = 0;
    const stalling: TokenStore = {
      ...store,
      async save(next, expected) {
        const isSaved = await inner.save(next, expected);
        if (next.refreshStartedAt !== undefined && ++marks <= 2) clock.advance("20s");
        // The other process saves what it has got.
        if (marks === 2) await save({ tokens: { accessToken: "a-other" } });
        return isSaved;
      },
    };
    expect(await source({ store: stalling }).token({})).toBe("a-other");
    expect(sent).toEqual([]);
  });

  it.each([
    ["until takeOverMs is over, even if the clock of that process is an hour ahead", 3_600_000, 30_000],
    ["until the rest of takeOverMs is over, if it began a while ago", -20_000, 10_000],
  ])("that another process began, and does not end, is waited for %s", async (_what, aheadMs, waitMs) => {
    const { save, clock, sent, source } = scene();
    await save({ tokens: old, refreshStartedAt: clock.now() + aheadMs });
    const calledAt = clock.now();
    expect(await source().token({})).toBe("a-new-1");
    expect(clock.now() - calledAt).toBe(waitMs);
    expect(sent).toEqual(["r-old"]);
  });

  it("waits as long for the second refresh of another process as for the first", async () => {
    const { save, pair, clock, sent, source } = scene();
    /** Another process sends a refresh, and saves what it gets after ten seconds. */
    async function refreshElsewhere(tokens: Stored["tokens"], next: string) {
      await save({ tokens, refreshStartedAt: clock.now() });
      const { refreshToken, accessToken, expiresAt } = pair(next);
      const saved = { refreshToken, accessToken, expiresAt: Number(expiresAt) };
      clock.setTimeout(() => save({ tokens: saved }), 10_000);
      return saved;
    }
    const auth = source();
    const first = await refreshElsewhere(old, "other-1");
    expect(await auth.token({})).toBe("a-other-1");
    clock.advance("1h");
    await refreshElsewhere(first, "other-2");
    expect(await auth.token({})).toBe("a-other-2");
    expect(sent).toEqual([]);
  });

  it("is not sent if its mark fails, and another process has saved in the meantime", async () => {
    const { inner, store, save, sent, source } = scene();
    await save({ tokens: old });
    const failing: TokenStore = {
      ...store,
      async save(next, expected) {
        if (next.refreshStartedAt === undefined) return inner.save(next, expected);
        await save({ tokens: { accessToken: "a-other" } });
        throw new Error("the store is down");
      },
    };
    expect(await source({ store: failing }).token({})).toBe("a-other");
    expect(sent).toEqual([]);
  });

  it("does not wait for its own mark if the store fails right after it", async () => {
    const { plan, save, clock, sent, source } = scene();
    await save({ tokens: old });
    const auth = source();
    // Opens, looks, and looks again under the lock.
    for (let times = 0; times < 3; times++) plan("load");
    plan("load", "fails");
    plan("save", "loses its response");
    expect(await failureOf(auth.token({}))).toMatchObject({ name: "TokenStoreError" });
    const failedAt = clock.now();
    expect(await auth.token({})).toBe("a-new-1");
    expect(clock.now() - failedAt).toBeLessThan(1_000);
    expect(sent).toEqual(["r-old"]);
  });

  it("whose token is refused before the lock is released is followed by another one", async () => {
    const { save, sent, source } = scene();
    await save({ tokens: old });
    let release = () => {};
    const lock: TokenStore["lock"] = async (critical) => {
      const result = await critical();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return result;
    };
    const auth = source({ lock });
    const first = auth.token({});
    await settled();
    expect(await auth.token({})).toBe("a-new-1");
    const second = auth.token({ rejected: "a-new-1" });
    await settled();
    release();
    await settled();
    release();
    expect(await first).toBe("a-new-1");
    expect(await second).toBe("a-new-2");
    expect(sent).toEqual(["r-old", "r-new-1"]);
  });

  it("leaves no timer if its lock settles before it is done", async () => {
    const { save, clock, source } = scene();
    await save({ tokens: old });
    const lock = async <T>(critical: () => Promise<T>): Promise<T> => {
      critical().catch(() => {});
      throw new Error("the lock is lost");
    };
    expect(await source({ lock }).token({})).toBe("a-new-1");
    await settled();
    expect(clock.pending).toBe(0);
  });
});
