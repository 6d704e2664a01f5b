import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { openWorld, refusal } from "../world.js";
import { person, team } from "./teams.js";

// GetUser, SetUser.

describe("users of a server without authentication", () => {
  const world = openWorld({ vydon: { cloud: false, auth: false } });

  it("are one and the same, whatever the token", async () => {
    const { rpc } = person(world, "ada");
    for (const each of [world.vydon(), rpc]) {
      expect((await each.getUser({})).userId).toBe("00000000-0000-0000-0000-000000000000");
    }
  });

  it("have a personal account, and no teams", async () => {
    const rpc = world.vydon();
    const { accountId } = await rpc.setPersonalAccount({});
    expect((await rpc.getUserAccounts({})).accounts.map(({ id }) => id)).toEqual([accountId]);
    expect(await refusal(rpc.createTeamAccount({ name: "acme" }))).toMatchObject({
      code: Code.PermissionDenied,
      rawMessage: "unable to create team account as authentication is not enabled",
    });
    expect((await refusal(rpc.acceptTeamAccountInvite({ token: "1" }))).rawMessage).toBe(
      "unable to find any token data in context",
    );
  });
});

describe("users", () => {
  const world = openWorld();

  it("GetUser returns the caller's id", async () => {
    const ada = person(world, "ada");
    expect((await ada.rpc.getUser({})).userId).toBe(ada.userId);
  });

  it("GetUser does not find somebody who never registered", async () => {
    const ada = person(world, "ada", false);
    const error = await refusal(ada.rpc.getUser({}));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "unable to find user" });
  });

  it("nothing else does, either", async () => {
    const ada = person(world, "ada", false);
    expect((await refusal(ada.rpc.getUserAccounts({}))).code).toBe(Code.NotFound);
    expect((await refusal(ada.rpc.createTeamAccount({ name: "acme" }))).code).toBe(Code.NotFound);
  });

  it("SetUser registers the caller once, and returns the same id after", async () => {
    const ada = person(world, "ada", false);
    const { userId } = await ada.rpc.setUser({});
    expect(userId).toBe(ada.userId);
    expect((await ada.rpc.setUser({})).userId).toBe(userId);
    expect((await ada.rpc.getUser({})).userId).toBe(userId);
  });

  it("somebody who signs in again is the same user", async () => {
    expect(person(world, "ada").userId).toBe(person(world, "ada").userId);
    expect(person(world, "ada").userId).not.toBe(person(world, "grace").userId);
  });

  it("an API key has a user of its own", async () => {
    const { ada, accountId } = await team(world);
    const session = world.server.vydon.apiKey(accountId);
    const { userId } = await world.vydon(session).getUser({});
    expect(userId).toBe(session.userId);
    expect(userId).not.toBe(ada.userId);
  });

  it("tokens have the forms of the real ones", async () => {
    const { accountId, ada } = await team(world);
    const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    expect(world.server.vydon.apiKey(accountId).token).toMatch(new RegExp(`^neo_at_v1_${uuid}$`));
    expect(world.server.vydon.workerKey().token).toMatch(new RegExp(`^neo_wt_v1_${uuid}$`));
    const [, payload = ""] = ada.session.token.split(".");
    expect(JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")))).toMatchObject({
      email: "ada@example.com",
      name: "Ada",
      iat: Date.UTC(2026, 0, 1) / 1_000,
      exp: Date.UTC(2027, 0, 1) / 1_000,
    });
  });
});
