import { inspect } from "node:util";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it, vi } from "vitest";
import {
  failureOf,
  layeredOver,
  read,
  type Sent,
  settled,
  wire,
  write,
} from "../../test/support/scripted.js";
import type { TokenSource } from "./auth.js";
import { toTokenSource } from "./auth.js";
import { CanceledError, InvalidArgumentError, NetworkError, UnauthenticatedError } from "./errors.js";

const refusing =
  (...bad: string[]) =>
  ({ token }: Sent) => {
    if (bad.includes(token ?? "")) throw wire(Code.Unauthenticated);
  };

describe("what is sent", () => {
  it("a text, or what a function answers for each call", async () => {
    const fixed = layeredOver(["ok"], { auth: "key-1" });
    await fixed.call(read);
    expect(fixed.sent[0]?.header.get("authorization")).toBe("Bearer key-1");

    let count = 0;
    const { call, sent } = layeredOver(["ok"], { auth: () => `key-${++count}` });
    await call(read);
    await call(read);
    expect(sent.map(({ token }) => token)).toEqual(["key-1", "key-2"]);
  });

  it("headers of the call win over the client's", async () => {
    const headers = new Headers({ "x-a": "client", "x-b": "client" });
    const { call, sent } = layeredOver(["ok"], { headers });
    headers.set("x-b", "changed later");
    await call(read, { headers: { "X-A": "call" } });
    expect(sent[0]?.header.get("x-a")).toBe("call");
    expect(sent[0]?.header.get("x-b")).toBe("client");
  });

  it("an authorization header of the caller's own wins, and no token is asked for", async () => {
    const auth = vi.fn(async () => "key-1");
    const { call, sent } = layeredOver([Code.Unauthenticated], { auth });
    await failureOf(call(write, { headers: { authorization: "Basic abc" } }));
    expect(sent.map(({ header }) => header.get("authorization"))).toEqual(["Basic abc"]);
    expect(auth).not.toHaveBeenCalled();
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

  it("nor do headers that can't be sent show in the error", async () => {
    const { call } = layeredOver(["ok"]);
    const error = await failureOf(call(read, { headers: { "x-key": "secret\nvalue" } }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(inspect(error, { depth: 9 })).not.toContain("secret");
    expect(() => layeredOver(["ok"], { headers: { "x-key": "secret\nvalue" } })).toThrow(
      InvalidArgumentError,
    );
  });

  it("a source that fails is an UnauthenticatedError with the cause; the network's failure is none", async () => {
    const cause = new Error("signed out");
    const out = layeredOver(["ok"], { auth: () => Promise.reject(cause) });
    const error = await failureOf(out.call(read));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ cause, attempts: 0, message: expect.stringContaining("signed out") });

    const offline = layeredOver(["ok"], { auth: () => Promise.reject(new TypeError("fetch failed")) });
    expect(await failureOf(offline.call(read))).toBeInstanceOf(NetworkError);

    const mistaken = layeredOver(["ok"], { auth: () => Promise.reject(new TypeError("x is undefined")) });
    expect(await failureOf(mistaken.call(read))).toBeInstanceOf(UnauthenticatedError);
    const revoked = Object.assign(new Error("revoked"), { code: "invalid_grant" });
    const denied = layeredOver(["ok"], { auth: () => Promise.reject(revoked) });
    expect(await failureOf(denied.call(read))).toBeInstanceOf(UnauthenticatedError);
  });
});

describe("a token that the server refuses", () => {
  it("is asked for anew, once, and the call is repeated, a write too", async () => {
    const asked: unknown[] = [];
    const auth: TokenSource = {
      token: async ({ rejected }) => {
        asked.push(rejected);
        return rejected ? "new" : "old";
      },
    };
    const { call, sent } = layeredOver([refusing("old")], { auth });
    await call(write);
    expect(sent.map(({ token }) => token)).toEqual(["old", "new"]);
    expect(asked).toEqual([undefined, "old"]);
  });

  it("a second refusal is final", async () => {
    const auth: TokenSource = { token: async ({ rejected }) => (rejected ? "new" : "old") };
    const { call, sent } = layeredOver([refusing("old", "new")], { auth });
    const error = await failureOf(call(write));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ attempts: 2 });
    expect(sent).toHaveLength(2);
  });

  it("is not sent twice where there is no other", async () => {
    const { call, sent } = layeredOver([Code.Unauthenticated], { auth: "key-1" });
    await failureOf(call(read));
    expect(sent).toHaveLength(1);
  });

  it("without a token the error says that there was none", async () => {
    const { call } = layeredOver([Code.Unauthenticated]);
    expect(await failureOf(call(read))).toMatchObject({ message: expect.stringContaining("`auth`") });
  });
});

describe("time", () => {
  it("what getting the token took is gone from the attempt's", async () => {
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

describe("secrets", () => {
  it("a token that the server echoes is in no text, header or dump of the error", async () => {
    const echo = wire(Code.PermissionDenied, { "x-debug": "got Bearer s3cr3t", "x-kept": "1" }, "no: s3cr3t");
    const { call } = layeredOver([echo], { auth: "s3cr3t" });
    const error = await failureOf(call(read));
    expect(inspect(error, { depth: 9 })).not.toContain("s3cr3t");
    expect(JSON.stringify(error)).not.toContain("s3cr3t");
    expect(String(error)).toContain("no: [token]");
    expect(error).toMatchObject({ metadata: new Headers({ "x-kept": "1" }) });
  });

  it("nor is one given as a header", async () => {
    const { call } = layeredOver([new ConnectError("no: s3cr3t", Code.PermissionDenied)], {
      headers: { authorization: "Bearer s3cr3t" },
    });
    expect(inspect(await failureOf(call(read)), { depth: 9 })).not.toContain("s3cr3t");
  });
});
