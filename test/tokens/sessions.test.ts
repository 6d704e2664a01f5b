import { InvalidArgumentError, memoryStore, type RefreshRequest, type Tokens } from "tenantry";
import { describe, expect, it, vi } from "vitest";
import { deferred, failureOf, settled } from "../support/promises.js";
import { sometimesDown, storedTokens, storeWith, tokenServer } from "./support/token-server.js";

describe("accept()", () => {
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
    const response = deferred<Tokens>();
    let given: AbortSignal | undefined;
    const refresh = ({ signal }: RefreshRequest) => {
      given = signal;
      return response.promise;
    };
    const { source } = tokenServer({ store, initial: undefined, refresh });
    const waiting = source.token({});
    await settled();
    await source.accept({ accessToken: "signed-in" });
    expect(given?.aborted).toBe(true);
    response.resolve({ accessToken: "late" });
    expect(await waiting).toBe("signed-in");
    await settled();
    expect(await source.token({})).toBe("signed-in");
    expect((await store.load())?.tokens).toEqual({ accessToken: "signed-in" });
  });

  it("keeps the pair in memory if it cannot be stored, and stores it with the next refresh", async () => {
    const store = sometimesDown(await storeWith(storedTokens("old")), "load", "save");
    store.isDown = true;
    const { source, requests } = tokenServer({ store, initial: undefined });
    await source.accept({ accessToken: "signed-in", refreshToken: "r" });
    expect(await source.token({})).toBe("signed-in");
    store.isDown = false;
    expect(await source.token({ rejected: "signed-in" })).toBe("access-1");
    expect(requests).toMatchObject([{ refreshToken: "r" }]);
    expect((await store.load())?.tokens.accessToken).toBe("access-1");
  });

  it("does not replace a later sign-in after the pair was stored, even if no refresh has succeeded", async () => {
    const store = sometimesDown(memoryStore(), "save");
    store.isDown = true;
    const { source } = tokenServer({
      store,
      initial: undefined,
      refresh: () => Promise.reject(new Error("the token server is down")),
    });
    await source.accept({ accessToken: "ada" });
    store.isDown = false;
    expect(await failureOf(source.token({ rejected: "ada" }))).toMatchObject({ name: "TokenRefreshError" });
    const saved = await store.load();
    expect(saved?.tokens.accessToken).toBe("ada");
    await store.save(storedTokens("grace", { sessionId: "grace" }), saved?.revision);
    expect(await failureOf(source.token({}))).toMatchObject({ name: "SessionChangedError" });
    expect((await store.load())?.tokens.accessToken).toBe("grace");
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

  it("refuses an empty access token, one that cannot be sent, and an expiresAt in seconds", async () => {
    const { source } = tokenServer();
    await expect(source.accept({ accessToken: "" })).rejects.toThrow(InvalidArgumentError);
    const reason = 'has an accessToken that must be one word, without "Bearer "';
    await expect(source.accept({ accessToken: "Bearer a" })).rejects.toMatchObject({
      message: `tokens ${reason}`,
      violations: [{ field: "tokens", message: reason }],
    });
    await expect(source.accept({ accessToken: "a", expiresAt: 1_767_225_600 })).rejects.toThrow(
      "milliseconds",
    );
  });
});

describe("clear()", () => {
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
    const response = deferred<Tokens>();
    const { source } = tokenServer({ store, initial: undefined, refresh: () => response.promise });
    const waiting = failureOf(source.token({}));
    await settled();
    await source.clear();
    response.resolve({ accessToken: "late" });
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

  it("signs out before the first call too, even if the store is down", async () => {
    for (const followSignIns of [true, false]) {
      const store = await storeWith(storedTokens("a"), { clear: () => Promise.reject(new Error("down")) });
      const { source } = tokenServer({ store, initial: undefined, followSignIns });
      expect(await failureOf(source.clear())).toMatchObject({ name: "TokenStoreError" });
      expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
    }
  });

  it("makes no later call wait before it fails", async () => {
    const { source, clock } = tokenServer();
    await source.clear();
    const before = clock.now();
    for (let calls = 0; calls < 10; calls++) {
      expect(await failureOf(source.token({}))).toMatchObject({ name: "SignInAgainError" });
    }
    expect(clock.now()).toBe(before);
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

describe("another user's session", () => {
  const grace = storedTokens("grace", { sessionId: "grace" });

  it("in the store is an error until the next sign-in here", async () => {
    const store = await storeWith(storedTokens("a"));
    const { source, clock } = tokenServer({ store, initial: undefined });
    await source.token({});
    await store.save(grace, "a");
    const before = clock.now();
    for (const rejected of ["a", undefined, undefined, undefined]) {
      expect(await failureOf(source.token({ rejected }))).toMatchObject({ name: "SessionChangedError" });
    }
    expect(clock.now()).toBe(before);
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
