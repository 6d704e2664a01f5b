import { Code } from "@connectrpc/connect";
import type { VydonSession } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, person } from "./teams.js";

// GetUser, SetUser.

describe("Vydon's users with `auth: false`", () => {
  const world = openWorld({ strict: true, vydon: { cloud: false, auth: false } });

  it("GetUser returns the same id for every token and without one", async () => {
    const { rpc } = person(world, "ada");
    for (const each of [world.vydon(), rpc]) {
      expect((await each.getUser({})).userId).toBe("00000000-0000-0000-0000-000000000000");
    }
  });

  it("SetPersonalAccount succeeds, and calls for team accounts fail", async () => {
    const rpc = world.vydon();
    const { accountId } = await rpc.setPersonalAccount({});
    expect((await rpc.getUserAccounts({})).accounts.map(({ id }) => id)).toEqual([accountId]);
    expect(await connectErrorOf(rpc.createTeamAccount({ name: "acme" }))).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "unable to create team account as authentication is not enabled",
    });
    expect((await connectErrorOf(rpc.acceptTeamAccountInvite({ token: "1" }))).rawMessage).toBe(
      "unable to find any token data in context",
    );
  });
});

describe("Vydon's users", () => {
  const world = openWorld();

  it("GetUser returns the caller's id", async () => {
    const ada = person(world, "ada");
    expect((await ada.rpc.getUser({})).userId).toBe(ada.userId);
  });

  it("GetUser fails with not_found for a user who never registered", async () => {
    const ada = person(world, "ada", false);
    const error = await connectErrorOf(ada.rpc.getUser({}));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "unable to find user" });
  });

  it("GetUserAccounts and CreateTeamAccount fail with not_found for a user who never registered", async () => {
    const ada = person(world, "ada", false);
    expect((await connectErrorOf(ada.rpc.getUserAccounts({}))).code).toBe(Code.NotFound);
    expect((await connectErrorOf(ada.rpc.createTeamAccount({ name: "acme" }))).code).toBe(Code.NotFound);
  });

  it("SetUser registers the caller, and returns the same id when called again", async () => {
    const ada = person(world, "ada", false);
    const { userId } = await ada.rpc.setUser({});
    expect(userId).toBe(ada.userId);
    expect((await ada.rpc.setUser({})).userId).toBe(userId);
    expect((await ada.rpc.getUser({})).userId).toBe(userId);
  });

  it("signing in again returns the same user", async () => {
    expect(person(world, "ada").userId).toBe(person(world, "ada").userId);
    expect(person(world, "ada").userId).not.toBe(person(world, "grace").userId);
  });

  it("GetUser returns an id of its own for an API key", async () => {
    const { ada, accountId } = await createTeam(world);
    const session = world.server.vydon.apiKey(accountId);
    const { userId } = await world.vydon(session).getUser({});
    expect(userId).toBe(session.userId);
    expect(userId).not.toBe(ada.userId);
  });

  it("tokens have the format of real ones", async () => {
    const { accountId, ada } = await createTeam(world);
    const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    expect(world.server.vydon.apiKey(accountId).token).toMatch(new RegExp(`^neo_at_v1_${uuid}$`));
    expect(world.server.vydon.workerKey().token).toMatch(new RegExp(`^neo_wt_v1_${uuid}$`));
    const payloadOf = ({ token }: VydonSession) => {
      const [, payload = ""] = token.split(".");
      return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    };
    const named = world.server.vydon.signIn({ email: "grace@example.com", name: "Grace Hopper" });
    expect(payloadOf(named)).toMatchObject({ email: "grace@example.com", name: "Grace Hopper" });
    expect(payloadOf(ada.session)).toMatchObject({
      email: "ada@example.com",
      name: "Ada",
      iat: Date.UTC(2026, 0, 1) / 1_000,
      exp: Date.UTC(2027, 0, 1) / 1_000,
    });
  });
});
