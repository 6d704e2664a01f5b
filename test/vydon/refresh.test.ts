import {
  NetworkError,
  refreshableToken,
  SignInAgainError,
  TokenRefreshError,
  VydonClient,
  vydonRefresh,
} from "tenantry";
import { createMockServer, type MockServer, type VydonIssuerOptions } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { deferred, failureOf, settled } from "../support/promises.js";

const email = "ada@example.com";
const redirectUri = "http://127.0.0.1:4242/callback";

/** Signs Ada in. Returns the server, her client, and its token source. */
async function signedIn(issuer: VydonIssuerOptions = {}) {
  const server = createMockServer({ vydon: { issuer } });
  const { clock } = server;
  let fetch: typeof globalThis.fetch = server.fetch;
  const address = {
    baseUrl: "https://vydon.example.com",
    clock,
    fetch: (...request: Parameters<typeof globalThis.fetch>) => fetch(...request),
    retry: false,
  } as const;
  const signIn = new VydonClient(address);
  const auth = refreshableToken({ refresh: vydonRefresh(signIn), clock });
  const client = new VydonClient({ ...address, auth });
  const code = server.vydon.issuer.code({ email });
  const tokens = await signIn.auth.login({ code, redirectUri });
  await auth.accept(tokens);
  /** Sends later requests to another fetch. */
  const sendTo = (other: typeof globalThis.fetch) => {
    fetch = other;
  };
  const { userId: id } = server.vydon.signIn({ email });
  return { server, clock, address, auth, client, tokens, id, sendTo };
}

function refreshes({ calls }: MockServer): number {
  return calls.of("RefreshCli").length;
}

describe("vydonRefresh", () => {
  it("uses the new refresh token each time if the server rotates them", async () => {
    const { server, clock, client } = await signedIn();
    for (let hour = 0; hour < 3; hour++) {
      clock.advance("1h");
      await client.auth.check();
    }
    expect(refreshes(server)).toBe(3);
  });

  it("keeps the refresh token if the server returns none", async () => {
    const { server, clock, address, client, tokens } = await signedIn({ rotate: false });
    for (let hour = 0; hour < 3; hour++) {
      clock.advance("1h");
      await client.auth.check();
    }
    expect(refreshes(server)).toBe(3);
    const { refreshToken } = tokens;
    const { signal } = new AbortController();
    const refresh = vydonRefresh(new VydonClient(address));
    expect(await refresh({ refreshToken, accessToken: undefined, signal })).toMatchObject({ refreshToken });
  });

  it("can use the client whose `auth` it is, without a deadlock", async () => {
    const { server, clock, address, tokens } = await signedIn();
    const auth = refreshableToken({
      refresh: (request) => vydonRefresh(client)(request),
      initial: tokens,
      clock,
    });
    const client: VydonClient = new VydonClient({ ...address, auth });
    clock.advance("1h");
    await Promise.all([client.auth.check(), client.users.current(), client.auth.check()]);
    expect(refreshes(server)).toBe(1);
  });

  it("refreshes a token that the server rejects if the client does not know its expiry", async () => {
    const { clock, client, auth, tokens, id } = await signedIn({ accessTokenLife: "1m" });
    clock.advance("3m");
    // Without `expiresAt`, the client does not know when the token expires.
    const { accessToken, refreshToken } = tokens;
    await auth.accept({ accessToken, refreshToken });
    expect(await client.users.current()).toEqual({ id });
  });

  it("rejects with SignInAgainError if the server rejects the refresh token", async () => {
    const { server, clock, client, tokens } = await signedIn();
    server.vydon.issuer.revoke(tokens.refreshToken ?? "");
    clock.advance("1h");
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(SignInAgainError);
    expect(error).toMatchObject({
      message:
        "GetUser: the server refuses to refresh the token (RefreshCli: Unable to refresh access token). Sign in again.",
      attempts: 0,
    });
  });

  it("rejects with SignInAgainError if there is no refresh token", async () => {
    const { server, clock, auth, client, tokens } = await signedIn();
    await auth.accept({ accessToken: tokens.accessToken });
    clock.advance("1h");
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(SignInAgainError);
    expect(error).toMatchObject({
      message: "GetUser: there is no refresh token. Sign in again, and request the scope `offline_access`.",
    });
    expect(refreshes(server)).toBe(0);
  });

  it("rejects and keeps the tokens if the server cannot be reached, or its identity provider fails", async () => {
    const { server, clock, client, id, sendTo } = await signedIn();
    clock.advance("1h");
    sendTo(() => Promise.reject(new TypeError("fetch failed")));
    expect(await failureOf(client.users.current())).toBeInstanceOf(NetworkError);
    const message = "unable to unmarshal token response from refresh token request";
    sendTo(async () => Response.json({ code: "unknown", message }, { status: 500 }));
    expect(await failureOf(client.users.current())).toBeInstanceOf(TokenRefreshError);
    sendTo(server.fetch);
    expect(await client.users.current()).toEqual({ id });
  });

  it("saves the tokens of a response that arrives after the waiting call has timed out", async () => {
    const { server, clock, client, id, sendTo } = await signedIn();
    clock.advance("1h");
    const arrival = deferred();
    sendTo(async (...request) => {
      const response = await server.fetch(...request);
      await arrival.promise;
      return response;
    });
    const waiting = failureOf(client.users.current());
    await settled();
    clock.advance("31s");
    expect(await waiting).toBeInstanceOf(TokenRefreshError);
    clock.advance("10m");
    await settled();
    sendTo(server.fetch);
    arrival.resolve();
    await settled();
    expect(await client.users.current()).toEqual({ id });
    expect(refreshes(server)).toBe(1);
  });

  it("is aborted by auth.clear()", async () => {
    const { clock, auth, client, sendTo } = await signedIn();
    clock.advance("1h");
    let aborted = false;
    sendTo(
      (_input, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => {
            aborted = true;
            reject(init.signal?.reason);
          });
        }),
    );
    const waiting = failureOf(client.users.current());
    await settled();
    await auth.clear();
    expect(await waiting).toBeInstanceOf(SignInAgainError);
    expect(aborted).toBe(true);
  });
});
