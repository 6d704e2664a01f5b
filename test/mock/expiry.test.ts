import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { Code, createClient } from "@connectrpc/connect";
import { DeadlineExceededError, FamClient, OnaClient, refreshableToken, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { withToken } from "../contract/world.js";

const minute = 60_000;

/** Ada's client, whose tokens last a quarter of an hour, and what is known of her refreshes. */
function shortSessions() {
  const server = createMockServer();
  const refreshes: number[] = [];
  const signIn = () => {
    const { token } = server.vydon.signIn({ email: "ada@example.com", expiresIn: "15m" });
    return { accessToken: token, expiresAt: server.clock.now() + 15 * minute };
  };
  const auth = refreshableToken({
    initial: signIn(),
    clock: server.clock,
    refresh: () => {
      refreshes.push(server.clock.now());
      return signIn();
    },
  });
  const { baseUrl, fetch, clock } = server.vydon.signIn({ email: "ada@example.com" }).connect();
  return { server, refreshes, client: new VydonClient({ baseUrl, fetch, clock, auth }) };
}

describe("the server's clock is also the client's clock", () => {
  // In real time, the runner would end these tests.
  it("a day of expiring tokens takes no real time", async () => {
    const { server, refreshes, client } = shortSessions();
    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    for (let hour = 0; hour < 24; hour++) {
      server.clock.advance("1h");
      expect(await client.accounts.includesMe(accountId)).toBe(true);
    }
    expect(refreshes).toHaveLength(24);
    server.calls.expect("IsUserInAccount", { accountId }).toHaveBeenCalledTimes(24);
    expect(server.calls.all().filter(({ error }) => error !== undefined)).toEqual([]);
  });

  it("a token that the server revoked is refreshed, and back-offs take no time", async () => {
    const { server, refreshes, client } = shortSessions();
    const { accountId } = await client.accounts.createTeam({ name: "acme" });
    const invite = await client.invites.create(accountId, { email: "grace@example.com", role: "job_viewer" });

    // Every token so far is gone, the service is unavailable for two calls, and then sends a Retry-After of half a minute.
    for (const { id } of server.snapshot().apis["vydon"]?.["sessions"] ?? []) server.vydon.revoke(id);
    server.faults.inject({ method: "GetTeamAccountInvites", wire: "html_502", after: 1, times: 2 });
    server.faults.inject({
      method: "GetTeamAccountInvites",
      code: "resource_exhausted",
      after: 1,
      times: 1,
      retryAfter: "30s",
    });
    const started = server.clock.now();
    expect(await client.invites.list(accountId).toArray()).toMatchObject([{ id: invite.id }]);
    expect(refreshes).toHaveLength(1);
    expect(server.calls.of("GetTeamAccountInvites").map(({ error }) => error?.code)).toEqual([
      Code.Unauthenticated,
      Code.Unavailable,
      Code.Unavailable,
      Code.ResourceExhausted,
      undefined,
    ]);
    expect(server.clock.now() - started).toBeGreaterThanOrEqual(30_000);

    server.clock.advance("25h");
    expect(await client.invites.list(accountId).toArray()).toEqual([]);
  });

  it("a deadline passes while a response drips", async () => {
    const { server, client } = shortSessions();
    server.faults.inject({ method: "GetUser", wire: "drip", latencyMs: 10 * minute });
    await expect(client.users.current({ timeoutMs: 1_000, retry: false })).rejects.toBeInstanceOf(
      DeadlineExceededError,
    );
  });
});

describe("an expiry after the year 9999 is moved to its end, because timestamps end there", () => {
  const end = new Date("9999-12-31T23:59:59.999Z");
  const tooLong = 1e15;

  it("if it comes from a duration of a seed or of a sign-in", async () => {
    const server = createMockServer();
    const members = [{ email: "ada@example.com" }];
    server.seed({
      vydon: {
        accounts: [{ name: "acme", members, invites: [{ email: "grace@example.com", expiresIn: tooLong }] }],
      },
      fam: {
        accounts: [{ name: "acme", members, invites: [{ email: "g@example.com", expiresIn: tooLong }] }],
      },
    });
    const vydon = new VydonClient(
      server.vydon.signIn({ email: "ada@example.com", expiresIn: tooLong }).connect(),
    );
    const [invite] = await vydon.invites.list(server.vydon.account("acme").id).toArray();
    expect(invite?.expiresAt).toEqual(end);

    const { expiresAt, connect } = server.fam.signIn({ email: "ada@example.com", expiresIn: tooLong });
    expect(expiresAt).toBe(end.getTime());
    expect(
      await new FamClient(connect()).invites.list(server.fam.account("acme").id).toArray(),
    ).toMatchObject([{ expiresAt: end }]);

    createMockServer().restore(server.snapshot());
  });

  it("if it comes from a token, an exchange token or a file of Ona", async () => {
    const server = createMockServer();
    server.ona.addOrganization({ name: "Acme", members: [{ email: "ada@example.com", role: "admin" }] });
    const who = { email: "ada@example.com", organization: "Acme", expiresIn: tooLong };
    const ada = new OnaClient(server.ona.signIn(who).connect());
    const { accessToken } = await ada.identity.exchangeToken(server.ona.exchangeToken(who));
    const { exp } = JSON.parse(atob(accessToken.split(".")[1] ?? ""));
    expect(exp).toBe(Math.floor(end.getTime() / 1_000));

    server.clock.set("9999-12-31");
    const { id, organizationId } = await ada.users.current();
    await ada.tokens.create(id, { description: "backup" });
    expect(await ada.tokens.list().toArray()).toMatchObject([{ expiresAt: end }]);
    server.clock.set("9999-12-31T23:59:00Z");
    await ada.billing.exportUsage(organizationId, { from: end, to: end });
    createMockServer().restore(server.snapshot());
  });

  it("if it comes from an invite or a refresh token of FAM", async () => {
    const server = createMockServer();
    server.clock.set("9999-12-31");
    const ada = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
    const { id } = await ada.accounts.create({ name: "acme" });
    const invite = { email: "grace@example.com", relations: ["member"] };
    expect((await ada.invites.create(id, invite)).expiresAt).toEqual(end);
    createMockServer().restore(server.snapshot());
  });

  it("if it comes from a code, a token or a refresh token of Vydon's issuer", async () => {
    const server = createMockServer({
      vydon: { issuer: { accessTokenLife: tooLong, refreshTokenLife: tooLong } },
    });
    const { issuer } = server.vydon;
    const { expiresAt, refreshToken } = issuer.signIn({ email: "ada@example.com" });
    expect(expiresAt).toBe(end.getTime());
    expect(issuer.refreshToken(refreshToken).expiresAt).toBe(end.getTime());
    server.clock.set("9999-12-31T23:59:00Z");
    issuer.code({ email: "ada@example.com" });
    createMockServer().restore(server.snapshot());
  });

  it("if it comes from an invite, a trial, a payment or an API key of Vydon", async () => {
    const server = createMockServer({ vydon: { cloud: true } });
    server.clock.set("9999-12-31");
    const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const { accountId } = await ada.accounts.createTeam({ name: "acme" });
    const invite = { email: "grace@example.com", role: "job_viewer" } as const;
    expect((await ada.invites.create(accountId, invite)).expiresAt).toEqual(end);
    expect(await ada.billing.validity(accountId)).toMatchObject({ trialExpiresAt: end });
    server.vydon.subscribe(accountId, { settlesIn: "2d" });

    const keyEnd = { seconds: 253_402_300_799n, nanos: 999_999_000 };
    const { token } = server.vydon.signIn({ email: "ada@example.com" });
    const client = createClient(ApiKeyService, withToken(server.transport(), token));
    await client.createAccountApiKey({
      accountId,
      name: "backup",
      expiresAt: create(TimestampSchema, keyEnd),
    });
    server.seed({
      vydon: {
        accounts: [{ name: "bolts", members: [{ email: "ada@example.com" }], apiKeys: [{ token: "key" }] }],
      },
    });
    expect(await ada.apiKeys.list(server.vydon.account("bolts").id).toArray()).toMatchObject([
      { expiresAt: end },
    ]);
    createMockServer().restore(server.snapshot());
  });
});

describe("a time before the year 1 is moved to its start, because timestamps start there", () => {
  it("if it comes from the age of an account", async () => {
    const server = createMockServer();
    server.clock.set("0001-01-01");
    const ada = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const { accountId } = await ada.accounts.createTeam({ name: "acme" });
    server.vydon.ageAccount(accountId, 1);
    expect(server.vydon.account(accountId).createdAt).toBe(Date.parse("0001-01-01T00:00:00Z"));
    createMockServer().restore(server.snapshot());
  });
});
