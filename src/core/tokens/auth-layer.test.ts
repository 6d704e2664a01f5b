import { inspect } from "node:util";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import {
  fromServer,
  layeredOver,
  type Outcome,
  read,
  type Sent,
  write,
} from "../../../test/support/scripted.js";
import { toConnectError } from "../../connect/to-connect-error.js";
import { VirtualClock } from "../../mock/engine/time/virtual-clock.js";
import type { CommonOptions } from "../call/options.js";
import {
  CanceledError,
  InvalidArgumentError,
  NetworkError,
  RateLimitedError,
  UnauthenticatedError,
} from "../errors/errors.js";
import { SessionChangedError, SignInAgainError, TokenRefreshError } from "../errors/token-errors.js";
import { type Auth, type TokenSource, toTokenSource } from "./auth.js";
import { memoryStore, refreshableToken } from "./index.js";

const refusing =
  (...bad: string[]) =>
  (sent: Sent) => {
    if (bad.includes(sent.token ?? "")) fromServer("unauthenticated")(sent);
  };

describe("the token that is sent", () => {
  it("is the string `auth`, or what the function `auth` returns for each call", async () => {
    const fixed = layeredOver(["ok"], { auth: "key-1" });
    await fixed.call(read);
    expect(fixed.sent[0]?.headers["authorization"]).toBe("Bearer key-1");

    let count = 0;
    const { call, sent } = layeredOver(["ok"], { auth: () => `key-${++count}` });
    await call(read);
    await call(read);
    expect(sent.map(({ token }) => token)).toEqual(["key-1", "key-2"]);
  });

  it("is the caller's own authorization header if there is one, and then no token is requested", async () => {
    const auth = vi.fn(async () => "key-1");
    const { call, sent } = layeredOver(["unauthenticated"], { auth });
    const error = await failureOf(call(write, { headers: { authorization: "Basic abc" } }));
    expect(sent.map(({ headers }) => headers["authorization"])).toEqual(["Basic abc"]);
    expect(auth).not.toHaveBeenCalled();
    expect(String(error)).not.toContain("No token was sent");
  });
});

describe("a token that can't be sent", () => {
  it.each(["", "two words", "line\nbreak", "ümlaut"])(
    "%j is refused before anything is sent",
    async (token) => {
      expect(() => toTokenSource(token)).toThrow(InvalidArgumentError);
      const { call, sent } = layeredOver(["ok"], { auth: () => token });
      const error = await failureOf(call(read));
      expect(error).toBeInstanceOf(UnauthenticatedError);
      if (token) expect(inspect(error, { depth: 9 })).not.toContain(token);
      expect(sent).toHaveLength(0);
    },
  );

  it("a source that fails is an UnauthenticatedError with a copy of the cause, unless the network failed", async () => {
    const cause = new Error("signed out");
    const out = layeredOver(["ok"], { auth: () => Promise.reject(cause) });
    const error = await failureOf(out.call(read));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({
      cause: new Error("signed out"),
      attempts: 0,
      message: expect.stringContaining("signed out"),
    });

    const offline = layeredOver(["ok"], { auth: () => Promise.reject(new TypeError("fetch failed")) });
    expect(await failureOf(offline.call(read))).toBeInstanceOf(NetworkError);

    const slow = new DOMException("too slow", "TimeoutError");
    const late = layeredOver(["ok"], { auth: () => Promise.reject(slow) });
    expect(await failureOf(late.call(read))).toBeInstanceOf(NetworkError);

    const mistaken = layeredOver(["ok"], { auth: () => Promise.reject(new TypeError("x is undefined")) });
    expect(await failureOf(mistaken.call(read))).toBeInstanceOf(UnauthenticatedError);
    const revoked = Object.assign(new Error("revoked"), { code: "invalid_grant" });
    const denied = layeredOver(["ok"], { auth: () => Promise.reject(revoked) });
    expect(await failureOf(denied.call(read))).toBeInstanceOf(UnauthenticatedError);
  });

  it("another client's failed call is an UnauthenticatedError of this call, unless it may succeed later", async () => {
    const callWithLogin = (outcome: Outcome) => {
      const login = layeredOver([outcome], { retry: false });
      return layeredOver(["ok"], { auth: async () => String(await login.call(write)) }).call(read);
    };
    const method = "mgmt.v1alpha1.UserAccountService/GetUser";
    expect(await failureOf(callWithLogin("permission_denied"))).toMatchObject({
      name: "UnauthenticatedError",
      method,
      message: "GetUser: no token to send: CreateTeamAccount: from the server",
      cause: { name: "PermissionDeniedError" },
    });
    const offline = new TypeError("fetch failed");
    const slow = new DOMException("too slow", "TimeoutError");
    for (const outcome of [offline, slow, "unavailable", "resource_exhausted"] as const) {
      expect(await failureOf(callWithLogin(outcome))).toMatchObject({ name: "NetworkError", method });
    }
  });

  it("a Connect client's failed call is treated the same way", async () => {
    const callAfter = (error: ConnectError) =>
      layeredOver(["ok"], { auth: () => Promise.reject(error), retry: false }).call(read);
    for (const code of [Code.Unavailable, Code.DeadlineExceeded, Code.ResourceExhausted]) {
      expect(await failureOf(callAfter(new ConnectError("later", code)))).toBeInstanceOf(NetworkError);
    }
    expect(await failureOf(callAfter(new ConnectError("never", Code.PermissionDenied)))).toBeInstanceOf(
      UnauthenticatedError,
    );
    const limited = new RateLimitedError("later", {
      method: "acme.v1.TokenService/Issue",
      retryAfterMs: 600_000,
    });
    expect(await failureOf(callAfter(toConnectError(limited)))).toMatchObject({
      name: "NetworkError",
      retryAfterMs: 600_000,
    });
  });

  it("an error whose text only looks like a Connect client's is an UnauthenticatedError", async () => {
    const denied = new ConnectError("upstream said [unavailable]", Code.PermissionDenied);
    for (const reason of [new Error("the key is [unavailable]"), denied]) {
      const { call } = layeredOver(["ok"], { auth: () => Promise.reject(reason) });
      expect(await failureOf(call(read))).toBeInstanceOf(UnauthenticatedError);
    }
    const wrapped = new Error("no key", { cause: new ConnectError("later", Code.Unavailable) });
    const { call } = layeredOver(["ok"], { auth: () => Promise.reject(wrapped), retry: false });
    expect(await failureOf(call(read))).toBeInstanceOf(NetworkError);
  });

  it("another client's call that must wait lets this call wait, too", async () => {
    const login = layeredOver([fromServer("resource_exhausted", { "retry-after": "600" })], { retry: false });
    const auth = async () => String(await login.call(write));
    const error = await failureOf(layeredOver(["ok"], { auth }).call(read));
    expect(error).toMatchObject({ name: "NetworkError", retryAfterMs: 600_000 });
    expect(login.sent).toHaveLength(1);
  });

  it("anything but a string, a function or a source is refused by name", () => {
    // @ts-expect-error
    const wrong: Auth = { accessToken: "key-1" };
    expect(() => toTokenSource(wrong)).toThrow("auth must be a string, a function or a TokenSource");
  });

  it("a function that returns anything but a string fails the call, and nothing is sent", async () => {
    // @ts-expect-error
    const auth: Auth = () => ["key-1"];
    const { call, sent } = layeredOver(["ok"], { auth });
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ message: "GetUser: no token to send: `auth` must return a string" });
    expect(sent).toHaveLength(0);
  });
});

describe("a token that the server refuses", () => {
  it("is replaced once, and the call is retried, even a write", async () => {
    const requests: unknown[] = [];
    const auth: TokenSource = {
      token: async ({ rejected, sent }) => {
        requests.push({ rejected, sent });
        return rejected ? "new" : "old";
      },
    };
    const { call, sent } = layeredOver([refusing("old")], { auth });
    await call(write);
    expect(sent.map(({ token }) => token)).toEqual(["old", "new"]);
    expect(requests).toEqual([{}, { rejected: "old", sent: "old" }]);
  });

  it("is not replaced if the caller has aborted", async () => {
    const controller = new AbortController();
    const token = vi.fn(async () => "old");
    const abortAndRefuse: Outcome = (sent) => {
      controller.abort();
      refusing("old")(sent);
    };
    const { call } = layeredOver([abortAndRefuse], { auth: { token } });
    expect(await failureOf(call(write, { signal: controller.signal }))).toMatchObject({ code: "canceled" });
    await settled();
    expect(token).toHaveBeenCalledOnce();
  });

  it("a second refusal is final", async () => {
    const auth: TokenSource = { token: async ({ rejected }) => (rejected ? "new" : "old") };
    const { call, sent } = layeredOver([refusing("old", "new")], { auth });
    const error = await failureOf(call(write));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ attempts: 2 });
    expect(sent).toHaveLength(2);
  });

  it("is replaced once for all attempts of a call", async () => {
    let tokens = 1;
    const auth: TokenSource = { token: async ({ rejected }) => `token-${rejected ? ++tokens : tokens}` };
    const { call, sent } = layeredOver(["unauthenticated", "unavailable", "unauthenticated"], { auth });
    expect(await failureOf(call(read))).toBeInstanceOf(UnauthenticatedError);
    expect(sent.map(({ token }) => token)).toEqual(["token-1", "token-2", "token-2"]);
  });

  it("is not sent a second time if there is no other token", async () => {
    const { call, sent } = layeredOver(["unauthenticated"], { auth: "key-1" });
    await failureOf(call(read));
    expect(sent).toHaveLength(1);
  });

  it("is not replaced after another error of the server", async () => {
    const asked: unknown[] = [];
    const auth: TokenSource = {
      token: async ({ rejected }) => {
        asked.push(rejected);
        return rejected ? "new" : "old";
      },
    };
    const { call, sent } = layeredOver(["permission_denied", "unavailable", "ok"], { auth });
    expect(await failureOf(call(write))).toMatchObject({ code: "permission_denied" });
    await call(read);
    expect(sent.map(({ token }) => token)).toEqual(["old", "old", "old"]);
    expect(asked).toEqual([undefined, undefined, undefined]);
  });

  it("a call without a token fails with an error that mentions `auth`", async () => {
    const { call } = layeredOver(["unauthenticated"]);
    expect(await failureOf(call(read))).toMatchObject({ message: expect.stringContaining("`auth`") });
  });
});

describe("another user who signs in", () => {
  const ada = { v: 1, tokens: { accessToken: "ada" }, revision: "1", sessionId: "ada" } as const;
  const grace = { v: 1, tokens: { accessToken: "grace" }, revision: "2", sessionId: "grace" } as const;

  /** Ada's tab, and a store that Grace signs in to from another tab while Ada's call is under way. */
  async function adasTab(outcome: Outcome, options: CommonOptions = {}) {
    const store = memoryStore();
    await store.save(ada, undefined);
    const auth = refreshableToken({ store, refresh: () => ({ accessToken: "refreshed" }) });
    const graceSignsIn = async (sent: Sent) => {
      await store.save(grace, "1");
      if (typeof outcome === "function") return outcome(sent);
      throw outcome;
    };
    return { auth, ...layeredOver([graceSignsIn, "ok"], { auth, ...options }) };
  }

  it("does not become the author of a write that the server has refused", async () => {
    const { call, sent } = await adasTab(fromServer("unauthenticated"));
    const error = await failureOf(call(write));
    expect(error).toBeInstanceOf(SessionChangedError);
    expect(error).toMatchObject({
      attempts: 1,
      message: expect.stringContaining("another sign-in has replaced this session"),
    });
    expect(sent.map(({ token }) => token)).toEqual(["ada"]);
  });

  it("does not become the author of a call that is retried, in the same tab either", async () => {
    const { call, sent, auth } = await adasTab(async (request) => {
      await auth.accept({ accessToken: "grace" });
      fromServer("unavailable")(request);
    });
    expect(await failureOf(call(read))).toBeInstanceOf(SessionChangedError);
    expect(sent.map(({ token }) => token)).toEqual(["ada"]);
    await call(read);
    expect(sent.map(({ token }) => token)).toEqual(["ada", "grace"]);
  });
});

describe("a session that has ended", () => {
  it("fails every call with an error of its own, which is an UnauthenticatedError too", async () => {
    const auth = refreshableToken({
      initial: { accessToken: "old", refreshToken: "r" },
      refresh: () => Promise.reject(new Error("invalid_grant")),
    });
    const { call } = layeredOver([refusing("old")], { auth });
    const errors = await Promise.all([failureOf(call(read)), failureOf(call(write))]);
    for (const error of errors) {
      expect(error).toBeInstanceOf(SignInAgainError);
      expect(error).toBeInstanceOf(UnauthenticatedError);
    }
    expect(errors).toMatchObject([
      { method: "mgmt.v1alpha1.UserAccountService/GetUser" },
      { method: "mgmt.v1alpha1.UserAccountService/CreateTeamAccount" },
    ]);
    expect(String(errors[0])).toContain("Sign in again.");
  });

  it("does not make the error mention a missing `auth`, even before the first token", async () => {
    const auth = refreshableToken({ refresh: () => Promise.reject(new Error("invalid_grant")) });
    const { call } = layeredOver(["ok"], { auth });
    expect(await failureOf(call(read))).toMatchObject({
      name: "SignInAgainError",
      attempts: 0,
      message: "GetUser: the server refuses to refresh the token (invalid_grant). Sign in again.",
    });
  });

  it("is not reported after a bug in `refresh`", async () => {
    const auth = refreshableToken({
      refresh: () => {
        throw new TypeError("x is undefined");
      },
    });
    const { call } = layeredOver(["ok"], { auth });
    const error = await failureOf(call(read));
    expect(error).toBeInstanceOf(TokenRefreshError);
    expect(String(error)).toContain("GetUser: `refresh` threw TypeError: x is undefined");
    expect(String(error)).not.toContain("`auth`");
  });

  it("is not reported after a refresh that is late", async () => {
    const clock = new VirtualClock();
    const auth = refreshableToken({ clock, refresh: () => new Promise(() => {}) });
    const { call } = layeredOver(["ok"], { auth });
    const failure = failureOf(call(read));
    await settled();
    clock.advance("30s");
    expect(await failure).toMatchObject({ message: "GetUser: `refresh` has not settled within 30000 ms." });
  });
});

describe("time", () => {
  it("that the token takes is a part of the attempt's time", async () => {
    const { call, clock, sent } = layeredOver(["ok"], {
      auth: async () => {
        await clock.sleep(1_000);
        return "key-1";
      },
    });
    await call(read, { timeoutMs: 5_000 });
    expect(sent[0]?.timeoutMs).toBe(4_000);
  });

  it("an abort ends the wait for a token", async () => {
    const { call, sent } = layeredOver(["ok"], { auth: () => new Promise<string>(() => {}) });
    const controller = new AbortController();
    const answer = failureOf(call(read, { signal: controller.signal }));
    await settled();
    controller.abort();
    expect(await answer).toBeInstanceOf(CanceledError);
    expect(sent).toHaveLength(0);
  });
});

describe("a late token", () => {
  it("of an attempt that has timed out is not sent", async () => {
    const given: ((token: string) => void)[] = [];
    const auth = () => new Promise<string>((resolve) => given.push(resolve));
    const { call, sent, clock } = layeredOver(["ok"], {
      auth,
      attemptTimeoutMs: 1_000,
      retry: { random: () => 0 },
    });
    const answer = call(read);
    await settled();
    clock.advance(1_000);
    await settled();
    for (const [index, give] of given.entries()) give(`key-${index + 1}`);
    await answer;
    expect(sent.map(({ token }) => token)).toEqual(["key-2"]);
  });
});

describe("secrets", () => {
  it("a token that the server sends back is in no text and no dump of the error", async () => {
    const echo = fromServer("permission_denied", { "x-debug": "got Bearer s3cr3t" }, "no: s3cr3t");
    const { call } = layeredOver([echo], { auth: "s3cr3t" });
    const error = await failureOf(call(read));
    expect(inspect(error, { depth: 9 })).not.toContain("s3cr3t");
    expect(JSON.stringify(error)).not.toContain("s3cr3t");
    expect(String(error)).toContain("no: [secret]");
  });

  it("a token given as a header is not in the error", async () => {
    const { call } = layeredOver([fromServer("permission_denied", {}, "no: s3cr3t")], {
      headers: { authorization: "Bearer s3cr3t" },
    });
    expect(inspect(await failureOf(call(read)), { depth: 9 })).not.toContain("s3cr3t");
  });

  it("a token that a hook sets is not in the error", async () => {
    const { call } = layeredOver([fromServer("permission_denied", {}, "no: s3cr3t")], {
      hooks: { onRequest: (_attempt, { setHeader }) => setHeader("Authorization", "Bearer s3cr3t") },
    });
    expect(inspect(await failureOf(call(read)), { depth: 9 })).not.toContain("s3cr3t");
  });

  it("the first token is not in the error after a refresh", async () => {
    const auth: TokenSource = { token: async ({ rejected }) => (rejected ? "n3w-t0ken" : "0ld-t0ken") };
    const { call } = layeredOver([fromServer("unauthenticated", {}, "0ld-t0ken n3w-t0ken")], { auth });
    expect(String(await failureOf(call(read)))).toContain("[secret] [secret]");
  });
});
