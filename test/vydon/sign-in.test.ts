import {
  ApiError,
  NotFoundError,
  refreshableToken,
  UnauthenticatedError,
  UnexpectedResponseError,
  VydonClient,
  vydonRefresh,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { canned } from "../json/canned.js";
import { approve } from "../support/approve.js";
import { failureOf } from "../support/promises.js";

const now = Date.UTC(2026, 0, 1);
const redirectUri = "http://127.0.0.1:4242/callback";
const address = { baseUrl: "https://vydon.example.com" };

/** Creates a client that gets this response to every call. */
function clientWithResponse(response: unknown, status = 200) {
  const { fetch, requests } = canned(JSON.stringify(response), { status });
  return { client: new VydonClient({ ...address, fetch, clock: new VirtualClock(now) }), requests };
}

function tokens(fields: object) {
  return { accessToken: { accessToken: "access", scope: "openid", tokenType: "Bearer", ...fields } };
}

describe("a sign-in with VydonClient.auth", () => {
  it("authorizeUrl() and login() return tokens, which refreshableToken refreshes", async () => {
    const server = createMockServer();
    const { fetch, clock } = server;
    const signIn = new VydonClient({ ...address, fetch, clock });
    const auth = refreshableToken({ refresh: vydonRefresh(signIn), clock });
    const client = new VydonClient({ ...address, fetch, clock, auth });

    expect(await client.auth.status()).toEqual({ isEnabled: true });
    const scope = "openid profile offline_access";
    const page = await client.auth.authorizeUrl({ state: "st&te", redirectUri, scope });
    const callback = (await approve(server, page)).searchParams;
    expect(callback.get("state")).toBe("st&te");

    const code = callback.get("code") ?? "";
    await auth.accept(await client.auth.login({ code, redirectUri }));
    await client.auth.check();
    const { id } = await client.users.register();
    clock.advance("1h");
    expect(await client.users.current()).toEqual({ id });
    expect(id).toBe(server.vydon.signIn({ email: "ada@example.com" }).userId);
    clock.advance("1h");
    expect(await client.users.current()).toEqual({ id });
    expect(server.calls.of("RefreshCli")).toHaveLength(2);
  });

  it("login() does not register the person: users.current() fails until users.register()", async () => {
    const { fetch, clock, vydon } = createMockServer();
    const code = vydon.issuer.code({ email: "ada@example.com" });
    const { accessToken: auth } = await new VydonClient({ ...address, fetch }).auth.login({
      code,
      redirectUri,
    });
    const client = new VydonClient({ ...address, fetch, clock, auth });
    await client.auth.check();
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ rawMessage: "unable to find user" });
    const { id } = await client.users.register();
    expect(await client.users.current()).toEqual({ id });
  });

  it.each([
    ["profile", []],
    ["openid profile", ["idToken"]],
    ["profile offline_access", ["refreshToken"]],
    ["openid offline_access", ["idToken", "refreshToken"]],
  ])("login() and refresh() with the scope %j return these further tokens: %j", async (scope, further) => {
    const { fetch, clock, vydon } = createMockServer();
    const { auth } = new VydonClient({ ...address, fetch, clock });
    const code = vydon.issuer.code({ email: "ada@example.com", scope });
    const first = await auth.login({ code, redirectUri });
    const issued =
      first.refreshToken === undefined ? [first] : [first, await auth.refresh(first.refreshToken)];
    for (const tokens of issued) {
      expect(tokens.scope).toBe(scope);
      expect(
        Object.keys(tokens)
          .filter((key) => /^(id|refresh)Token$/.test(key))
          .sort(),
      ).toEqual(further);
    }
    expect(vydon.issuer.refreshTokens()).toHaveLength(issued.length === 1 ? 0 : 2);
  });

  it("login() returns tokens for the option `initial` of refreshableToken", async () => {
    const server = createMockServer();
    const { fetch, clock } = server;
    const signIn = new VydonClient({ ...address, fetch, clock });
    const code = server.vydon.issuer.code({ email: "ada@example.com" });
    const initial = await signIn.auth.login({ code, redirectUri });
    const auth = refreshableToken({ refresh: vydonRefresh(signIn), initial, clock });
    await new VydonClient({ ...address, fetch, clock, auth }).auth.check();
    expect(server.calls.of("CheckToken").at(-1)?.caller).toMatchObject({ email: "ada@example.com" });
  });
});

describe("the tokens of VydonClient.auth", () => {
  it("check() and apiKeys send the client's token, and the other methods of auth send none", async () => {
    const headers = { "x-team": "acme" };
    const { fetch, requests } = canned(JSON.stringify({ url: "https://a.example", ...tokens({}) }));
    let authCalls = 0;
    const auth = async () => `token-${++authCalls}`;
    const client = new VydonClient({ ...address, fetch, auth, headers }).withOptions({ timeoutMs: 1_000 });
    await client.auth.status();
    await client.auth.authorizeUrl({ state: "s", redirectUri, scope: "openid" });
    await client.auth.login({ code: "c", redirectUri });
    await client.auth.refresh("refresh");
    expect(authCalls).toBe(0);
    await client.auth.check();
    await client.apiKeys.list("acc-1").toArray();
    expect(requests.map((request) => request.headers.get("authorization"))).toEqual([
      ...[null, null, null, null],
      "Bearer token-1",
      "Bearer token-2",
    ]);
    expect(requests.every((request) => request.headers.get("x-team") === "acme")).toBe(true);
  });

  it("login() adds the server's expiresIn to the client's clock as `expiresAt`", async () => {
    const { client } = clientWithResponse(
      tokens({ expiresIn: "3600", refreshToken: "refresh", idToken: "id" }),
    );
    expect(await client.auth.login({ code: "c", redirectUri })).toStrictEqual({
      accessToken: "access",
      refreshToken: "refresh",
      idToken: "id",
      scope: "openid",
      tokenType: "Bearer",
      expiresAt: new Date(now + 3_600_000),
    });
  });

  it.each([undefined, 0, "0", "-1", "9007199254740991"])(
    "refresh() returns no `expiresAt` if expiresIn is %s",
    async (expiresIn) => {
      const { client } = clientWithResponse(tokens({ expiresIn }));
      const issued = await client.auth.refresh("refresh");
      expect(issued).toStrictEqual({ accessToken: "access", scope: "openid", tokenType: "Bearer" });
      const auth = refreshableToken({ refresh: vydonRefresh(client), initial: issued });
      expect(await auth.token({})).toBe("access");
    },
  );
});

describe("a failed sign-in with VydonClient.auth", () => {
  const unauthenticated = { code: "unauthenticated", message: "Request unauthenticated" };

  it("rejects with UnauthenticatedError, and is not retried", async () => {
    const { client, requests } = clientWithResponse(unauthenticated, 401);
    const error = await failureOf(client.auth.login({ code: "used-code", redirectUri }));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    // Without advice to set `auth`, because the call needs no token.
    expect(error).toMatchObject({ message: "LoginCli: Request unauthenticated", attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  it("rejects with an error that contains neither the code nor the refresh token, even if the server's message does", async () => {
    const secret = "code+1/2=\u{1F511}";
    for (const echoed of [secret, encodeURIComponent(secret)]) {
      const { client } = clientWithResponse({ code: "unknown", message: `bad form: ${echoed}` }, 500);
      for (const call of [client.auth.login({ code: secret, redirectUri }), client.auth.refresh(secret)]) {
        const error = await failureOf(call);
        expect(error).toBeInstanceOf(ApiError);
        expect(error).toMatchObject({ rawMessage: "bad form: [secret]" });
      }
    }
  });

  it("accepts a code that is not a well-formed string", async () => {
    const { client } = clientWithResponse(unauthenticated, 401);
    const error = await failureOf(client.auth.login({ code: "\uD800", redirectUri }));
    expect(error).toBeInstanceOf(UnauthenticatedError);
  });

  it("rejects empty arguments and sends nothing", async () => {
    const { client, requests } = clientWithResponse(tokens({}));
    const { auth } = client;
    for (const [call, argument] of [
      [() => auth.authorizeUrl({ state: "", redirectUri, scope: "openid" }), "state"],
      [() => auth.authorizeUrl({ state: "s", redirectUri: "", scope: "openid" }), "redirectUri"],
      [() => auth.authorizeUrl({ state: "s", redirectUri, scope: "" }), "scope"],
      [() => auth.login({ code: "", redirectUri }), "code"],
      [() => auth.login({ code: "c", redirectUri: "" }), "redirectUri"],
      [() => auth.refresh(""), "refreshToken"],
    ] as const) {
      const error = await failureOf(call());
      expect(error).toMatchObject({ message: `${argument} must be a string that is not empty` });
    }
    expect(requests).toEqual([]);
  });
});

it("auth.login() rejects a response without an access token, with the other fields in `error.partial`", async () => {
  const { client } = clientWithResponse(
    tokens({ accessToken: "", refreshToken: "refresh", expiresIn: "60" }),
  );
  const error = await failureOf(client.auth.login({ code: "c", redirectUri }));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ partial: { refreshToken: "refresh", expiresAt: new Date(now + 60_000) } });
  expect(JSON.stringify(error)).not.toContain("refresh");
});
