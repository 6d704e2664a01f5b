import { OnaClient, onaExchange, refreshableToken, SignInAgainError } from "tenantry";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf } from "./people.js";

// GetAuthenticatedIdentity, ExchangeToken.

describe("Ona's identity", () => {
  const world = openWorld({ strict: true });
  const anonymous = () => {
    const { fetch, clock } = world.server;
    return { baseUrl: "https://ona.mock", fetch, clock };
  };

  it("GetAuthenticatedIdentity returns the user and the organization", async () => {
    const id = addAcme(world, { tier: "enterprise" });
    const grace = clientOf(world, "grace", id);
    expect(await grace.identity.current()).toEqual({
      subject: { id: (await grace.users.current()).id, principal: "user" },
      organizationId: id,
      organizationTier: "enterprise",
    });
  });

  it("GetAuthenticatedIdentity returns the account if the token is for no organization", async () => {
    const { accountId, connect } = world.server.ona.signIn({ email: "ada@example.com" });
    expect(await new OnaClient(connect()).identity.current()).toEqual({
      subject: { id: accountId, principal: "account" },
      organizationId: "",
      organizationTier: "",
    });
  });

  it("ExchangeToken returns an access token for an exchange token once, and needs no bearer token", async () => {
    const id = addAcme(world);
    const { identity } = new OnaClient(anonymous());
    const exchangeToken = world.server.ona.exchangeToken({ email: "grace@example.com", organization: id });
    const { accessToken: auth } = await identity.exchangeToken(exchangeToken);
    expect(await new OnaClient({ ...anonymous(), auth }).users.current()).toMatchObject({ name: "Grace" });
    expect(await codeOf(identity.exchangeToken(exchangeToken))).toBe("unauthenticated");
    expect(await codeOf(identity.exchangeToken("made up"))).toBe("unauthenticated");
  });

  it("the access token's `exp` claim is the time when it expires", async () => {
    const exchangeToken = world.server.ona.exchangeToken({ email: "ada@example.com", expiresIn: "10m" });
    const { accessToken: auth } = await new OnaClient(anonymous()).identity.exchangeToken(exchangeToken);
    const { exp } = JSON.parse(atob(auth.split(".")[1] ?? ""));
    expect(new Date(exp * 1_000)).toEqual(new Date("2026-01-01T00:10:00Z"));
    const { identity } = new OnaClient({ ...anonymous(), auth });
    await identity.current();
    world.server.clock.advance("10m");
    expect(await codeOf(identity.current())).toBe("unauthenticated");
  });

  it("the access token's `sub` claim is the user's id or, without an organization, the account's id", async () => {
    const id = addAcme(world);
    const email = "grace@example.com";
    const { userId, accountId } = world.server.ona.member(id, email);
    const { identity } = new OnaClient(anonymous());
    for (const { organization, subject } of [
      { organization: id, subject: userId },
      { organization: undefined, subject: accountId },
    ]) {
      const exchangeToken = world.server.ona.exchangeToken({ email, organization });
      const { accessToken } = await identity.exchangeToken(exchangeToken);
      expect(JSON.parse(atob(accessToken.split(".")[1] ?? "")).sub).toBe(subject);
    }
  });

  it("refreshableToken with onaExchange keeps a session alive with a new exchange token each hour", async () => {
    const id = addAcme(world);
    const who = { email: "ada@example.com", organization: id };
    const getExchangeToken = () => world.server.ona.exchangeToken(who);
    const refresh = onaExchange(new OnaClient(anonymous()), getExchangeToken);
    const auth = refreshableToken({ refresh, clock: world.server.clock });
    const ada = new OnaClient({ ...anonymous(), auth });
    for (let hour = 0; hour < 3; hour++) {
      expect((await ada.users.current()).name).toBe("Ada");
      world.server.clock.advance("1h");
    }
    world.server.calls.expect("ExchangeToken").toHaveBeenCalledTimes(3);
  });

  it("an exchange token is invalid after its user has left the organization", async () => {
    const id = addAcme(world);
    const exchangeToken = world.server.ona.exchangeToken({ email: "grace@example.com", organization: id });
    world.server.ona.leave(id, world.server.ona.account("grace@example.com").id);
    const auth = refreshableToken({ refresh: onaExchange(new OnaClient(anonymous()), () => exchangeToken) });
    const call = new OnaClient({ ...anonymous(), auth }).users.current();
    await expect(call).rejects.toBeInstanceOf(SignInAgainError);
  });

  it("ExchangeToken fails with permission_denied while the account is blocked or the user is suspended, and keeps the token", async () => {
    const id = addAcme(world);
    const email = "grace@example.com";
    const { identity } = new OnaClient(anonymous());
    const exchangeToken = world.server.ona.exchangeToken({ email, organization: id });
    const { users } = clientOf(world, "ada", id);
    const { userId } = world.server.ona.member(id, email);
    await users.suspend(userId);
    expect(await codeOf(identity.exchangeToken(exchangeToken))).toBe("permission_denied");
    await users.unsuspend(userId);
    world.server.ona.setBlocked(email, "too many mails");
    expect(await codeOf(identity.exchangeToken(exchangeToken))).toBe("permission_denied");
    world.server.ona.setBlocked(email, null);
    const { accessToken: auth } = await identity.exchangeToken(exchangeToken);
    expect(await new OnaClient({ ...anonymous(), auth }).users.current()).toMatchObject({ id: userId });
  });

  it("an exchange token is invalid after its account was deleted", async () => {
    const email = "hedy@example.com";
    const exchangeToken = world.server.ona.exchangeToken({ email });
    const { accountId, connect } = world.server.ona.signIn({ email });
    await new OnaClient(connect()).accounts.delete(accountId);
    const call = new OnaClient(anonymous()).identity.exchangeToken(exchangeToken);
    expect(await codeOf(call)).toBe("unauthenticated");
  });

  it("the error for an exchange token from before server.reset() names the reset", async () => {
    const exchangeToken = world.server.ona.exchangeToken({ email: "ada@example.com" });
    world.server.reset();
    const call = new OnaClient(anonymous()).identity.exchangeToken(exchangeToken);
    await expect(call).rejects.toThrow("from before server.reset()");
  });
});
