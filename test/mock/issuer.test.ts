import { refreshableToken, UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer, type VydonIssuerOptions } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const email = "ada@example.com";

function openIssuer(options?: VydonIssuerOptions) {
  const server = createMockServer(options === undefined ? {} : { vydon: { issuer: options } });
  const first = server.vydon.issuer.signIn({ email });
  const use = async (refreshToken: string | undefined) => {
    const tokens = await server.vydon.issuer.refresh({ refreshToken });
    return tokens.refreshToken ?? "none";
  };
  return { server, first, use };
}

const invalidGrant = (description: string) => ({
  name: "VydonIssuerError",
  error: "invalid_grant",
  error_description: expect.stringContaining(description),
  status: 400,
});

describe("the issuer's refresh tokens", () => {
  it("keep a client's session alive, and each is used once", async () => {
    const { server, first } = openIssuer();
    const { issuer } = server.vydon;
    const auth = refreshableToken({
      refresh: (request) => issuer.refresh(request),
      initial: first,
      clock: server.clock,
    });
    const { baseUrl, fetch, clock } = server.vydon.signIn({ email }).connect();
    const client = new VydonClient({ baseUrl, fetch, clock, auth });
    const { id } = await client.users.current();
    for (let hour = 0; hour < 3; hour++) {
      server.clock.advance("61m");
      expect((await client.users.current()).id).toBe(id);
    }
    expect(issuer.refreshTokens().map(({ uses }) => uses)).toEqual([1, 1, 1, 0]);
  });

  it("belong to a registered user, and last 30 days by default", async () => {
    const { server, first } = openIssuer();
    const { fetch, clock } = server;
    const client = new VydonClient({ baseUrl: "https://vydon.mock", fetch, clock, auth: first.accessToken });
    await client.users.current();
    expect(server.vydon.issuer.refreshToken(first.refreshToken).expiresAt).toBe(
      clock.now() + 30 * 86_400_000,
    );
  });

  it("issue access tokens that expire by the server's clock", async () => {
    const { server, first } = openIssuer({ accessTokenLife: "10s" });
    const { baseUrl, fetch } = server.vydon.signIn({ email: "grace@example.com" }).connect();
    const client = new VydonClient({ baseUrl, fetch, auth: first.accessToken });
    expect(first.expiresAt).toBe(server.clock.now() + 10_000);
    await client.users.current();
    server.clock.advance("72s");
    await expect(client.users.current()).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it("work once under strict rotation, and then the new one works", async () => {
    const { server, first, use } = openIssuer();
    const second = await use(first.refreshToken);
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("was used before"));
    expect(server.vydon.issuer.refreshToken(first.refreshToken).uses).toBe(2);
    expect(await use(second)).not.toBe(second);
  });

  it("are accepted again during a grace period, and not after it", async () => {
    const { server, first, use } = openIssuer({ gracePeriod: "10s" });
    const second = await use(first.refreshToken);
    server.clock.advance("9s");
    const again = await use(first.refreshToken);
    expect(again).not.toBe(second);
    server.clock.advance("1s");
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("was used before"));
    expect(["none", second]).not.toContain(await use(second));
    expect(["none", again]).not.toContain(await use(again));
  });

  it("revoke their whole family on reuse, and no other family", async () => {
    const { server, first, use } = openIssuer({ onReuse: "revoke_family" });
    const other = server.vydon.issuer.signIn({ email });
    const second = await use(first.refreshToken);
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("all tokens of its sign-in"));
    await expect(use(second)).rejects.toMatchObject(invalidGrant("was revoked"));
    expect(["none", other.refreshToken]).not.toContain(await use(other.refreshToken));
  });

  it("are refused once they are revoked, also during their grace period", async () => {
    const { server, first, use } = openIssuer({ gracePeriod: "10s" });
    server.vydon.issuer.revoke(await use(first.refreshToken));
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("was revoked"));
  });

  it("keep the scope of their sign-in, and exist only for the scope offline_access", async () => {
    const { server } = openIssuer();
    const { issuer } = server.vydon;
    const { auth } = new VydonClient({
      baseUrl: "https://vydon.mock",
      fetch: server.fetch,
      clock: server.clock,
    });
    const login = (scope: string) =>
      auth.login({ code: issuer.code({ email, scope }), redirectUri: "http://127.0.0.1:4242/callback" });
    const scope = "openid offline_access";
    const { refreshToken = "" } = await login(scope);
    const next = await auth.refresh(refreshToken);
    expect(issuer.refreshToken(next.refreshToken ?? "").scope).toBe(scope);
    expect((await login("openid no_offline_access")).refreshToken).toBeUndefined();
  });

  it("stay valid without rotation", async () => {
    const { server, first, use } = openIssuer({ rotate: false });
    expect([await use(first.refreshToken), await use(first.refreshToken)]).toEqual(["none", "none"]);
    expect(server.vydon.issuer.refreshToken(first.refreshToken)).toMatchObject({ uses: 2, usedAt: null });
  });

  it("are used up although the response is lost", async () => {
    const { server, first, use } = openIssuer();
    server.vydon.issuer.loseResponses({ times: 1 });
    // A refused refresh does not count.
    await expect(use("nobody's")).rejects.toMatchObject(invalidGrant("is not known"));
    await expect(use(first.refreshToken)).rejects.toThrow(new TypeError("fetch failed"));
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("was used before"));
    expect(server.vydon.issuer.refreshTokens()).toHaveLength(2);
  });

  it("are used up although `client.auth.refresh` does not get the response", async () => {
    const { server, first } = openIssuer();
    const { baseUrl, fetch, clock } = server.vydon.signIn({ email }).connect();
    const { auth } = new VydonClient({ baseUrl, fetch, clock });
    server.vydon.issuer.loseResponses();
    await expect(auth.refresh(first.refreshToken)).rejects.toMatchObject({ code: "unknown" });
    await expect(auth.refresh(first.refreshToken)).rejects.toBeInstanceOf(UnauthenticatedError);
    const [, lost] = server.vydon.issuer.refreshTokens();
    await auth.refresh(lost?.id ?? "");
    expect(server.vydon.issuer.refreshTokens()).toHaveLength(3);
  });

  it("are refused if they are missing, unknown, revoked or expired", async () => {
    const { server, first, use } = openIssuer({ refreshTokenLife: "1d" });
    await expect(use(undefined)).rejects.toMatchObject({ error: "invalid_request" });
    await expect(use("")).rejects.toMatchObject({ error: "invalid_request" });
    await expect(use("nobody's")).rejects.toMatchObject(invalidGrant("is not known"));
    const revoked = server.vydon.issuer.signIn({ email });
    server.vydon.issuer.revoke(revoked.refreshToken);
    await expect(use(revoked.refreshToken)).rejects.toMatchObject(invalidGrant("was revoked"));
    server.clock.advance("1d");
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("has expired"));
    expect(() => server.vydon.issuer.revoke("nobody's")).toThrow("has not issued this refresh token");
  });

  it("are kept by fork, snapshot and restore, and removed by a reset", async () => {
    const { server, first, use } = openIssuer();
    server.vydon.issuer.loseResponses();
    const fork = server.fork();
    const restored = createMockServer();
    restored.restore(JSON.parse(JSON.stringify(server.snapshot())));
    for (const copy of [fork, restored]) {
      const { issuer } = copy.vydon;
      await expect(issuer.refresh(first)).rejects.toThrow("fetch failed");
      await expect(issuer.refresh(first)).rejects.toMatchObject(invalidGrant("was used before"));
    }
    await expect(use(first.refreshToken)).rejects.toThrow("fetch failed");
    server.reset();
    await expect(use(first.refreshToken)).rejects.toMatchObject(invalidGrant("from before server.reset()"));
    expect(server.vydon.issuer.refreshTokens()).toEqual([]);
  });
});

it("a wrong option of the issuer is an error", () => {
  const options: VydonIssuerOptions = JSON.parse('{ "onReuse": "revoke" }');
  expect(() => openIssuer(options)).toThrow('options.vydon.issuer.onReuse is "revoke": give one of refuse');
});

it("a wrong argument of the issuer is an error", () => {
  const { issuer } = createMockServer().vydon;
  const wrong = JSON.parse('{ "mail": "ada@example.com", "time": 1 }');
  expect(() => issuer.signIn(wrong)).toThrow("signIn.mail is not known");
  expect(() => issuer.code(wrong)).toThrow("code.mail is not known");
  expect(() => issuer.loseResponses(wrong)).toThrow("loseResponses.mail is not known");
});
