import { describe, expect, it } from "vitest";
import {
  type RefreshableTokenOptions,
  type RefreshRequest,
  refreshableToken,
  type Stored,
  type TokenStore,
  type Tokens,
} from "../../src/core/tokens/index.js";
import { CountingClock } from "../support/counted.js";
import { failureOf, settled } from "../support/promises.js";
import { plannedStore } from "./support/planned-store.js";

/** A store, a clock, and a token server that records which refresh tokens it was sent. */
function scene() {
  const clock = new CountingClock();
  const planned = plannedStore();
  const sent: (string | undefined)[] = [];
  const pair = (name: string, lifeMs = 3_600_000): Tokens => ({
    accessToken: `a-${name}`,
    refreshToken: `r-${name}`,
    expiresAt: clock.now() + lifeMs,
  });
  const refresh = async ({ refreshToken }: RefreshRequest) => {
    sent.push(refreshToken);
    return pair(`new-${sent.length}`);
  };
  return {
    ...planned,
    clock,
    sent,
    pair,
    refresh,
    source: (options: Partial<RefreshableTokenOptions> = {}) =>
      refreshableToken({ clock, store: planned.store, refresh, ...options }),
    /** Another process saves these tokens. */
    async save(next: Partial<Stored> & Pick<Stored, "tokens">) {
      const before = await planned.inner.load();
      const saved = { v: 1, revision: `by-another-${Math.random()}`, sessionId: "ada", ...next } as const;
      await planned.inner.save(saved, before?.revision);
      return saved;
    },
  };
}

/** Tokens that have expired, as they are stored. */
const old = { accessToken: "a-old", refreshToken: "r-old", expiresAt: Date.UTC(2020, 0, 1) };

describe("a sign-out", () => {
  it("is not undone by initial tokens that are read, or saved, at the same time", async () => {
    for (const [method, what] of [
      ["load", "waits after"],
      ["save", "waits before"],
    ] as const) {
      const { plan, inner, pair, source } = scene();
      const release = plan(method, what);
      const auth = source({ initial: pair("given") });
      const token = failureOf(auth.token({}));
      await settled();
      const cleared = auth.clear();
      await settled();
      release();
      await cleared;
      await settled();
      expect(await inner.load()).toBeUndefined();
      expect(await token).toMatchObject({ name: "SignInAgainError" });
    }
  });

  it("is not undone by a call that was made before it and follows sign-ins", async () => {
    const { plan, save, pair, source } = scene();
    await save({ tokens: { accessToken: "a-ada", expiresAt: Number(pair("").expiresAt) } });
    const [endLoad, endClear] = [plan("load", "waits after"), plan("clear", "waits before")];
    const auth = source({ followSignIns: true });
    const token = failureOf(auth.token({}));
    await settled();
    const cleared = auth.clear();
    await settled();
    endLoad();
    await settled();
    endClear();
    await cleared;
    expect(await token).toMatchObject({ name: "SignInAgainError" });
    expect(await failureOf(auth.token({}))).toMatchObject({ name: "SignInAgainError" });
  });

  it("is not undone by the first tokens of `refresh`, which are being saved", async () => {
    const { plan, inner, source } = scene();
    const auth = source();
    const endSave = plan("save", "waits after");
    const token = failureOf(auth.token({}));
    await settled();
    const cleared = auth.clear();
    await settled();
    endSave();
    await cleared;
    await settled();
    expect(await inner.load()).toBeUndefined();
    expect(await token).toMatchObject({ name: "SignInAgainError" });
    expect(await failureOf(auth.token({}))).toMatchObject({ name: "SignInAgainError" });
  });

  it("is not undone by a sign-in that was called before it, and is slower", async () => {
    const { plan, inner, pair, source } = scene();
    const auth = source();
    const endLoad = plan("load", "waits after");
    const accepted = auth.accept(pair("ada"));
    const cleared = auth.clear();
    await settled();
    endLoad();
    await Promise.all([accepted, cleared]);
    expect(await inner.load()).toBeUndefined();
    expect(await failureOf(auth.token({}))).toMatchObject({ name: "SignInAgainError" });
  });

  describe("of a source that opens without tokens, and then finds those of another sign-in,", () => {
    async function opening(tokens: Stored["tokens"]) {
      const world = scene();
      const auth = world.source({ followSignIns: true });
      const endOpening = world.plan("load", "waits after");
      const token = failureOf(auth.token({}));
      await settled();
      await world.save({ tokens });
      return { ...world, auth, endOpening, token };
    }

    it("is not undone by a refresh that is reading them", async () => {
      const { plan, auth, endOpening, token } = await opening({ accessToken: "a-ada" });
      const endLoad = plan("load", "waits after");
      endOpening();
      await settled();
      await auth.clear();
      endLoad();
      expect(await token).toMatchObject({ name: "SignInAgainError" });
      await settled();
      expect(await failureOf(auth.token({}))).toMatchObject({ name: "SignInAgainError" });
    });

    it("keeps a refresh that is being marked from sending their refresh token", async () => {
      const { plan, sent, auth, endOpening, token } = await opening(old);
      const endMark = plan("save", "waits after");
      endOpening();
      await settled();
      const cleared = auth.clear();
      await settled();
      endMark();
      await cleared;
      expect(await token).toMatchObject({ name: "SignInAgainError" });
      await settled();
      expect(sent).toEqual([]);
    });
  });
});

describe("a sign-in that could not be saved", () => {
  it("does not replace a later one", async () => {
    const { plan, inner, save, pair, sent, source } = scene();
    await save({ tokens: old });
    const auth = source();
    plan("save", "fails");
    await auth.accept(pair("grace"));
    await save({ tokens: { accessToken: "a-heidi" }, sessionId: "heidi" });
    const failure = await failureOf(auth.token({ rejected: "a-grace" }));
    expect(failure).toMatchObject({ name: "SessionChangedError" });
    expect((await inner.load())?.tokens.accessToken).toBe("a-heidi");
    expect(sent).toEqual([]);
  });

  it("does not replace a later one once it is saved, with or without older tokens in the store", async () => {
    const { plan, inner, save, pair, refresh, source } = scene();
    let isDown = true;
    const failing = (request: RefreshRequest) => {
      if (isDown) throw new TypeError("fetch failed");
      return refresh(request);
    };
    const auth = source({ refresh: failing });
    plan("load", "fails");
    await auth.accept(pair("grace"));
    // The mark of this refresh saves the tokens.
    expect(await failureOf(auth.token({ rejected: "a-grace" }))).toMatchObject({ name: "NetworkError" });
    isDown = false;
    await save({ tokens: { accessToken: "a-heidi" }, sessionId: "heidi" });
    const failure = await failureOf(auth.token({ rejected: "a-grace" }));
    expect(failure).toMatchObject({ name: "SessionChangedError" });
    expect((await inner.load())?.tokens.accessToken).toBe("a-heidi");
  });

  it("uses the tokens that another process has refreshed, if it was saved after all", async () => {
    const { plan, inner, pair, sent, source } = scene();
    const auth = source();
    plan("save", "loses its response");
    await auth.accept(pair("ada"));
    const other = source({ store: inner });
    expect(await other.token({ rejected: "a-ada" })).toBe("a-new-1");
    expect(await auth.token({ rejected: "a-ada" })).toBe("a-new-1");
    expect(sent).toEqual(["r-ada"]);
  });

  it("replaces the session before, although another process has refreshed that", async () => {
    const { plan, inner, save, pair, sent, source } = scene();
    await save({ tokens: old });
    const auth = source();
    plan("save", "fails");
    await auth.accept(pair("grace"));
    await save({ tokens: { ...old, accessToken: "a-old-2" } });
    expect(await auth.token({ rejected: "a-grace" })).toBe("a-new-1");
    expect((await inner.load())?.tokens.accessToken).toBe("a-new-1");
    expect(sent).toEqual(["r-grace"]);
  });

  it("lets a call fail if its refresh fails, and does not try for ever", async () => {
    const { store, save, pair, clock, source } = scene();
    await save({ tokens: old });
    let tries = 0;
    const refresh = async () => {
      if (++tries < 5) throw new TypeError("fetch failed");
      return pair("new");
    };
    const auth = source({ refresh, store: { ...store, save: () => Promise.reject(new Error("read-only")) } });
    await auth.accept(pair("grace"));
    expect(await failureOf(auth.token({ rejected: "a-grace" }))).toMatchObject({ name: "NetworkError" });
    expect([tries, clock.pending]).toEqual([1, 0]);
  });
});

describe("new tokens that could not be saved", () => {
  it("are not lost if another process marks a refresh of the old ones", async () => {
    const { plan, inner, save, sent, clock, source } = scene();
    await save({ tokens: old });
    const auth = source();
    plan("save");
    plan("save", "fails");
    expect(await auth.token({})).toBe("a-new-1");
    const stored = await inner.load();
    await save({ ...stored, tokens: old, revision: "another", refreshStartedAt: clock.now() });
    expect(await auth.token({ rejected: "a-new-1" })).toBe("a-new-2");
    expect(sent).toEqual(["r-old", "r-new-1"]);
    expect((await inner.load())?.tokens.accessToken).toBe("a-new-2");
  });
});

describe("a refresh that takes longer than timeoutMs", () => {
  it("is not sent again before takeOverMs is over: calls wait for it, and use its tokens", async () => {
    const world = late();
    const { auth, answers, save, pair, sent, clock } = world;
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
    answers[0]?.resolve(pair("late"));
    await settled();
    clock.advance("250ms");
    expect(await third).toBe("a-late");
    expect(sent).toEqual(["r-old"]);
  });

  function late(options: Partial<RefreshableTokenOptions> = {}) {
    const world = scene();
    const answers: { resolve: (tokens: Tokens) => void; reject: (reason: Error) => void }[] = [];
    const refresh = ({ refreshToken }: RefreshRequest) => {
      world.sent.push(refreshToken);
      return new Promise<Tokens>((resolve, reject) => answers.push({ resolve, reject }));
    };
    const auth = world.source({ refresh, timeoutMs: 1_000, ...options });
    return { ...world, auth, answers };
  }

  async function timeOut({ auth, clock }: Pick<ReturnType<typeof late>, "auth" | "clock">) {
    const token = failureOf(auth.token({}));
    await settled();
    clock.advance("1s");
    expect(await token).toMatchObject({ name: "TokenRefreshError" });
  }

  it("is not repeated once its tokens are there, even if the next one has begun", async () => {
    const world = late({ takeOverMs: 1_000 });
    const { auth, answers, plan, save, pair, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    const endMark = plan("save", "waits before");
    const next = auth.token({});
    await settled();
    clock.advance("250ms");
    await settled();
    // The tokens arrive while the next refresh is being marked, and cannot be saved.
    plan("save", "fails");
    answers[0]?.resolve(pair("late"));
    await settled();
    endMark();
    await settled();
    clock.advance("250ms");
    await settled();
    expect(sent).toEqual(["r-old", "r-late"]);
    answers[1]?.resolve(pair("last"));
    expect(await next).toBe("a-last");
  });

  it("is not repeated while its tokens are being saved", async () => {
    const world = late();
    const { auth, answers, plan, save, pair, sent } = world;
    await save({ tokens: old });
    await timeOut(world);
    const endSave = plan("save", "waits before");
    answers[0]?.resolve(pair("late"));
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

  it("and fails for good is not repeated", async () => {
    const world = late();
    const { auth, answers, save, sent, clock } = world;
    await save({ tokens: old });
    await timeOut(world);
    answers[0]?.reject(new Error("invalid_grant"));
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
    const { store, save, pair, clock, sent, source } = scene();
    /** Another process sends a refresh, and saves what it gets after ten seconds. */
    async function refreshElsewhere(tokens: Stored["tokens"], next: string) {
      await save({ tokens, refreshStartedAt: clock.now() });
      const { refreshToken, accessToken, expiresAt } = pair(next);
      const saved = { refreshToken, accessToken, expiresAt: Number(expiresAt) };
      clock.setTimeout(() => save({ tokens: saved }), 10_000);
      return saved;
    }
    const auth = source({ store: store });
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
