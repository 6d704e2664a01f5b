import {
  ApiError,
  refreshableToken,
  UnauthenticatedError,
  UnexpectedResponseError,
  VydonClient,
  vydonRefresh,
} from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { canned } from "../json/canned.js";
import { approve } from "../support/approve.js";
import { Clock, failureOf } from "../support/scripted.js";

const now = Date.UTC(2026, 0, 1);
const redirectUri = "http://127.0.0.1:4242/callback";
const address = { baseUrl: "https://vydon.example.com" };

/** A client that gets this response to every call. */
function answered(response: unknown, status = 200) {
  const { fetch, requests } = canned(JSON.stringify(response), { status });
  return { client: new VydonClient({ ...address, fetch, clock: new Clock(now) }), requests };
}

function tokens(fields: object) {
  return { accessToken: { accessToken: "access", scope: "openid", tokenType: "Bearer", ...fields } };
}

describe("a sign-in", () => {
  it("goes from the page to calls with a token that is refreshed in time", async () => {
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
    clock.advance("1h");
    const { id } = await client.users.current();
    expect(id).toBe(server.vydon.signIn({ email: "ada@example.com" }).userId);
    clock.advance("1h");
    expect(await client.users.current()).toEqual({ id });
    expect(server.calls.of("RefreshCli")).toHaveLength(2);
  });

  it("has tokens that a source can begin with", async () => {
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

describe("a token", () => {
  it("is sent by `check` and for API keys only, whatever the client's `auth` is", async () => {
    const headers = { "x-team": "acme" };
    const { fetch, requests } = canned(JSON.stringify({ url: "https://a.example", ...tokens({}) }));
    let asked = 0;
    const auth = async () => `token-${++asked}`;
    const client = new VydonClient({ ...address, fetch, auth, headers }).withOptions({ timeoutMs: 1_000 });
    await client.auth.status();
    await client.auth.authorizeUrl({ state: "s", redirectUri, scope: "openid" });
    await client.auth.login({ code: "c", redirectUri });
    await client.auth.refresh("refresh");
    expect(asked).toBe(0);
    await client.auth.check();
    await client.apiKeys.list("acc-1").toArray();
    expect(requests.map((request) => request.headers.get("authorization"))).toEqual([
      ...[null, null, null, null],
      "Bearer token-1",
      "Bearer token-2",
    ]);
    expect(requests.every((request) => request.headers.get("x-team") === "acme")).toBe(true);
  });

  it("expires as long after the response as the server says, by the client's clock", async () => {
    const { client } = answered(tokens({ expiresIn: "3600", refreshToken: "refresh", idToken: "id" }));
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
    "has no end if the server says that it lives for %s seconds",
    async (expiresIn) => {
      const { client } = answered(tokens({ expiresIn }));
      const issued = await client.auth.refresh("refresh");
      expect(issued).toStrictEqual({ accessToken: "access", scope: "openid", tokenType: "Bearer" });
      const auth = refreshableToken({ refresh: vydonRefresh(client), initial: issued });
      expect(await auth.token({})).toBe("access");
    },
  );
});

describe("a refused sign-in", () => {
  const refusal = { code: "unauthenticated", message: "Request unauthenticated" };

  it("is an UnauthenticatedError, and is not sent again", async () => {
    const { client, requests } = answered(refusal, 401);
    const error = await failureOf(client.auth.login({ code: "used-code", redirectUri }));
    expect(error).toBeInstanceOf(UnauthenticatedError);
    // Nothing about `auth`: no token is needed here.
    expect(error).toMatchObject({ message: "LoginCli: Request unauthenticated", attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  it("does not show the code or the refresh token, even if the server does", async () => {
    const secret = "code+1/2=\u{1F511}";
    for (const said of [secret, encodeURIComponent(secret)]) {
      const { client } = answered({ code: "unknown", message: `bad form: ${said}` }, 500);
      for (const call of [client.auth.login({ code: secret, redirectUri }), client.auth.refresh(secret)]) {
        const error = await failureOf(call);
        expect(error).toBeInstanceOf(ApiError);
        expect(error).toMatchObject({ rawMessage: "bad form: [secret]" });
      }
    }
  });

  it("may have a code that is not a well-formed string", async () => {
    const { client } = answered(refusal, 401);
    const error = await failureOf(client.auth.login({ code: "\uD800", redirectUri }));
    expect(error).toBeInstanceOf(UnauthenticatedError);
  });

  it("asks for arguments before anything is sent", async () => {
    const { client, requests } = answered(tokens({}));
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

it("a response without an access token keeps the rest in `error.partial`, because the code is used up", async () => {
  const { client } = answered(tokens({ accessToken: "", refreshToken: "refresh", expiresIn: "60" }));
  const error = await failureOf(client.auth.login({ code: "c", redirectUri }));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ partial: { refreshToken: "refresh", expiresAt: new Date(now + 60_000) } });
  expect(JSON.stringify(error)).not.toContain("refresh");
});
