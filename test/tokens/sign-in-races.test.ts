import type { RefreshRequest, Stored } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf, settled } from "../support/promises.js";
import { old, scene } from "./support/scene.js";

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

it("a call that was made just before a sign-in sends the new token, although the old one is good", async () => {
  const { pair, source } = scene();
  const auth = source({ initial: pair("ada") });
  expect(await auth.token({})).toBe("a-ada");
  const token = auth.token({});
  await auth.accept(pair("grace"));
  expect(await token).toBe("a-grace");
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
