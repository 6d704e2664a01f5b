import { expect, it } from "vitest";
import { refreshableToken, VydonClient, vydonRefresh } from "../../index.js";
import { createMockServer } from "../index.js";

const redirectUri = "http://127.0.0.1:4242/callback";

it("the mock's Vydon signs a person in, refreshes the tokens, and refuses the second use of a code", async () => {
  const server = createMockServer();
  const address = { baseUrl: "https://vydon.mock", fetch: server.fetch, clock: server.clock };
  const open = new VydonClient(address);
  expect(await open.auth.status()).toEqual({ isEnabled: true });
  const url = new URL(await open.auth.authorizeUrl({ state: "s t", redirectUri, scope: "openid" }));
  expect(url.origin).toBe("https://vydon.mock");
  expect([...url.searchParams.keys()]).toEqual([
    "audience",
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
  ]);

  const code = server.vydon.issuer.code({ email: "ada@example.com" });
  const initial = await open.auth.login({ code, redirectUri });
  expect(initial).toMatchObject({
    expiresAt: new Date(server.clock.now() + 3_600_000),
    scope: "openid profile offline_access",
    tokenType: "Bearer",
  });
  await expect(open.auth.login({ code, redirectUri })).rejects.toMatchObject({ code: "unauthenticated" });

  const auth = refreshableToken({ initial, refresh: vydonRefresh(open), clock: server.clock });
  const client = new VydonClient({ ...address, auth });
  const { id } = await client.users.register();
  server.clock.advance("2h");
  expect(await client.users.current()).toMatchObject({ id });
  await client.auth.check();
  expect(server.calls.of("RefreshCli")).toMatchObject([{ api: "vydon" }]);
});

it("the mock's Vydon makes an API key that is valid until it expires by the server's clock", async () => {
  const server = createMockServer();
  const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
  const { accountId } = await client.accounts.createTeam({ name: "acme" });
  const expiresAt = new Date(server.clock.now() + 3_600_000);
  const key = await client.apiKeys.create(accountId, { name: "ci-key", expiresAt });
  expect(key.expiresAt).toEqual(expiresAt);
  const byKey = client.withOptions({ headers: { authorization: `Bearer ${key.keyValue}` } });
  expect(await byKey.users.current()).toMatchObject({ id: key.userId });
  await expect(byKey.auth.check()).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(byKey.apiKeys.list(accountId)).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(client.apiKeys.create(accountId, { name: "ci-key", expiresAt })).rejects.toMatchObject({
    code: "already_exists",
  });
  server.clock.advance("61m");
  await expect(byKey.users.current()).rejects.toThrow("token is expired");
  await expect(client.apiKeys.create(accountId, { name: "late", expiresAt })).rejects.toMatchObject({
    code: "invalid_argument",
  });
});
