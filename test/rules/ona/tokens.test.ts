import { OnaClient } from "tenantry";
import { UserService } from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, rpcOf, unknownId } from "./people.js";

// CreatePersonalAccessToken, GetPersonalAccessToken, ListPersonalAccessTokens, DeletePersonalAccessToken.

const day = 24 * 3_600_000;

describe("Ona's personal access tokens", () => {
  const world = openWorld({ strict: true });
  const userId = (name: string) => world.server.ona.member("Acme", `${name}@example.com`).userId;
  /** Returns a client that calls with this token. */
  const withToken = (auth: string) => {
    const { fetch, clock } = world.server;
    return new OnaClient({ baseUrl: "https://ona.mock", fetch, clock, auth });
  };

  it("CreatePersonalAccessToken returns a token that works at once, for its user in its organization", async () => {
    const id = addAcme(world);
    const grace = clientOf(world, "grace", id);
    const { token } = await grace.tokens.create(userId("grace"), { description: "backup" });
    expect(await withToken(token).users.current()).toMatchObject({ id: userId("grace"), organizationId: id });
  });

  it("CreatePersonalAccessToken fails with permission_denied for another user, even if the caller is an admin", async () => {
    const id = addAcme(world);
    const { tokens } = clientOf(world, "ada", id);
    expect(await codeOf(tokens.create(userId("grace"), { description: "hers" }))).toBe("permission_denied");
  });

  it("CreatePersonalAccessToken with `validForMs` sets the lifetime: 30 days by default, 90 days at most", async () => {
    const id = addAcme(world);
    const { tokens } = clientOf(world, "grace", id);
    const make = (validForMs?: number) =>
      tokens.create(userId("grace"), { description: "backup", validForMs });
    const [long, none, hour] = [await make(90 * day), await make(0), await make(3_600_000)];
    const usual = await make();
    expect(await codeOf(make(90 * day + 1_000))).toBe("invalid_argument");
    const ends = (await tokens.list().toArray()).map(({ expiresAt }) => expiresAt?.toISOString());
    expect(ends).toEqual([
      "2026-04-01T00:00:00.000Z",
      "2026-01-31T00:00:00.000Z",
      "2026-01-01T01:00:00.000Z",
      "2026-01-31T00:00:00.000Z",
    ]);
    world.server.clock.advance("1h");
    expect(await codeOf(withToken(hour.token).users.current())).toBe("unauthenticated");
    await withToken(usual.token).users.current();
    world.server.clock.advance("30d");
    for (const { token } of [usual, none]) {
      expect(await codeOf(withToken(token).users.current())).toBe("unauthenticated");
    }
    await withToken(long.token).users.current();
  });

  it("CreatePersonalAccessToken for a nanosecond does not fall back to the default of 30 days", async () => {
    const id = addAcme(world);
    const rpc = rpcOf(world, UserService, "grace", id);
    const validFor = { seconds: 0n, nanos: 1 };
    const { token } = await rpc.createPersonalAccessToken({ userId: userId("grace"), validFor });
    await withToken(token).users.current();
    world.server.clock.advance(1);
    expect(await codeOf(withToken(token).users.current())).toBe("unauthenticated");
  });

  it("ListPersonalAccessTokens and GetPersonalAccessToken return when a token was last used, and never the token", async () => {
    const id = addAcme(world);
    const { tokens } = clientOf(world, "grace", id);
    const { token } = await tokens.create(userId("grace"), { description: "backup" });
    const [before] = await tokens.list().toArray();
    expect(before).toEqual({
      id: expect.any(String),
      userId: userId("grace"),
      description: "backup",
      creator: { id: userId("grace"), principal: "user" },
      createdAt: new Date("2026-01-01"),
      expiresAt: new Date("2026-01-31"),
      readOnly: false,
    });
    world.server.clock.advance("1h");
    await withToken(token).users.current();
    const after = await tokens.get(before?.id ?? "");
    expect(after).toEqual({ ...before, lastUsed: new Date("2026-01-01T01:00:00Z") });
    expect(JSON.stringify(after)).not.toContain(token);
  });

  it("ListPersonalAccessTokens returns the caller's tokens, and with `userIds` other users' tokens for admins only", async () => {
    const id = addAcme(world, {
      members: [
        { email: "ada@example.com", role: "admin", tokens: [{ description: "Ada's" }] },
        { email: "grace@example.com", tokens: [{ description: "Grace's" }] },
      ],
    });
    const labs = { email: "hedy@example.com", tokens: [{ description: "Hedy's" }] };
    world.server.ona.addOrganization({ name: "Labs", members: [labs] });
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    const list = async (client: OnaClient, userIds?: string[]) =>
      (await client.tokens.list({ userIds }).toArray()).map(({ description }) => description);
    expect(await list(ada)).toEqual(["Ada's"]);
    expect(await list(grace, [userId("grace")])).toEqual(["Grace's"]);
    expect(await list(ada, [userId("grace"), userId("ada")])).toEqual(["Ada's", "Grace's"]);
    const hedy = world.server.ona.member("Labs", "hedy@example.com").userId;
    expect(await list(ada, [hedy, unknownId])).toEqual([]);
    for (const others of [["ada"], ["grace", "ada"]]) {
      expect(await codeOf(list(grace, others.map(userId)))).toBe("permission_denied");
    }
  });

  it("GetPersonalAccessToken and DeletePersonalAccessToken accept the caller's tokens, and for admins all of the organization", async () => {
    const idOf = (digit: string) => unknownId.replaceAll("1", digit);
    const [ofAda, ofGrace, ofHedy] = [idOf("a"), idOf("b"), idOf("c")];
    const id = addAcme(world, {
      members: [
        { email: "ada@example.com", role: "admin", tokens: [{ id: ofAda }] },
        { email: "grace@example.com", tokens: [{ id: ofGrace }] },
      ],
    });
    const labs = { email: "hedy@example.com", tokens: [{ id: ofHedy }] };
    world.server.ona.addOrganization({ name: "Labs", members: [labs] });
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    expect(await codeOf(grace.tokens.get(ofAda))).toBe("permission_denied");
    expect(await codeOf(grace.tokens.delete(ofAda))).toBe("permission_denied");
    for (const token of [ofHedy, unknownId]) {
      expect(await codeOf(ada.tokens.get(token))).toBe("not_found");
      expect(await codeOf(ada.tokens.delete(token))).toBe("not_found");
    }
    expect(await ada.tokens.get(ofGrace)).toMatchObject({ userId: userId("grace") });
    await ada.tokens.delete(ofGrace);
    expect(await codeOf(ada.tokens.delete(ofGrace))).toBe("not_found");
  });

  it("DeletePersonalAccessToken ends the token at once", async () => {
    const id = addAcme(world);
    const { tokens } = clientOf(world, "grace", id);
    const { token } = await tokens.create(userId("grace"), { description: "backup" });
    for await (const { id } of tokens.list()) await tokens.delete(id);
    expect(await codeOf(withToken(token).users.current())).toBe("unauthenticated");
  });

  it("server.ona.revoke() with a personal access token deletes it", async () => {
    const id = addAcme(world);
    const { tokens } = clientOf(world, "grace", id);
    const { token } = await tokens.create(userId("grace"), { description: "backup" });
    world.server.ona.revoke(token);
    expect(await codeOf(withToken(token).users.current())).toBe("unauthenticated");
    expect(await tokens.list().toArray()).toEqual([]);
  });

  it("DeletePersonalAccessToken while iterating over ListPersonalAccessTokens skips no token", async () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ description: `token ${index}` }));
    const id = addAcme(world, {
      members: [{ email: "ada@example.com", role: "admin", tokens: many }],
    });
    const { tokens } = clientOf(world, "ada", id);
    for await (const token of tokens.list({}, { pageSize: 2 })) await tokens.delete(token.id);
    expect(await tokens.list().toArray()).toEqual([]);
  });

  it("a read-only token can call methods that read, and fails with permission_denied for all others", async () => {
    const id = addAcme(world, {
      inviteId: unknownId,
      members: [{ email: "ada@example.com", role: "admin", tokens: [{ token: "reader", readOnly: true }] }],
    });
    const reader = withToken("reader");
    const self = userId("ada");
    expect((await reader.tokens.list().toArray())[0]?.readOnly).toBe(true);
    await reader.users.current();
    await reader.organizations.get(id);
    await reader.members.list(id);
    await reader.identity.current();
    await reader.accounts.get();
    for (const call of [
      reader.organizations.create({ name: "Labs" }),
      reader.organizations.update(id, { name: "Other" }),
      reader.organizations.delete(id),
      reader.members.setRole(id, self, "admin"),
      reader.members.remove(id, self),
      reader.invites.create(id),
      reader.invites.get(id),
      reader.invites.accept(unknownId),
      reader.users.suspend(unknownId),
      reader.users.delete(self),
      reader.tokens.create(self, { description: "more" }),
      reader.tokens.delete(unknownId),
    ]) {
      expect(await codeOf(call)).toBe("permission_denied");
    }
  });

  it("a user's tokens end when they leave the organization, and not when another user leaves", async () => {
    const id = addAcme(world);
    const { token } = await clientOf(world, "grace", id).tokens.create(userId("grace"), {
      description: "ci",
    });
    const { members } = clientOf(world, "ada", id);
    await members.remove(id, userId("barbara"));
    await withToken(token).users.current();
    await members.remove(id, userId("grace"));
    expect(await codeOf(withToken(token).users.current())).toBe("unauthenticated");
    world.server.ona.join(id, world.server.ona.account("grace@example.com").id);
    expect(await clientOf(world, "grace", id).tokens.list().toArray()).toEqual([]);
  });
});
