import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { person } from "./vydon/teams.js";
import { connectErrorOf, openWorld } from "./world.js";

// Which calls a fault applies to, and what the log records about a call.

describe("server.faults", () => {
  const world = openWorld();

  it("inject() makes the calls of one method fail, and no other calls", async () => {
    const { rpc } = person(world, "ada");
    const fault = world.server.faults.inject({
      method: "GetUser",
      code: "unavailable",
      message: "try later",
      times: 2,
    });
    expect(await connectErrorOf(rpc.getUser({}))).toMatchObject({
      code: Code.Unavailable,
      rawMessage: "try later",
    });
    await rpc.getUserAccounts({});
    expect((await connectErrorOf(rpc.getUser({}))).code).toBe(Code.Unavailable);
    await rpc.getUser({});
    expect(fault.hits).toBe(2);
  });

  it("`after: 1` lets the first call succeed; remove() and clear() end faults", async () => {
    const { rpc } = person(world, "ada");
    const fault = world.server.faults.inject({ method: "vydon.GetUser", code: "internal", after: 1 });
    await rpc.getUser({});
    expect((await connectErrorOf(rpc.getUser({}))).code).toBe(Code.Internal);
    fault.remove();
    await rpc.getUser({});
    world.server.faults.inject({ method: "GetUser", code: "internal" });
    world.server.faults.clear();
    await rpc.getUser({});
  });

  it("a fault applies before the server checks the token, and the failed call writes nothing", async () => {
    const { rpc } = person(world, "ada");
    world.server.faults.inject({ method: "CreateTeamAccount", code: "unavailable", times: 1 });
    expect((await connectErrorOf(rpc.createTeamAccount({ name: "acme" }))).code).toBe(Code.Unavailable);
    expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
    world.server.faults.inject({ method: "GetUser", code: "unavailable", times: 1 });
    expect((await connectErrorOf(world.vydon().getUser({}))).code).toBe(Code.Unavailable);
  });

  it("`latencyMs` delays a call on the server's virtual clock, not in real time", async () => {
    const { rpc } = person(world, "ada");
    const before = world.server.clock.now();
    world.server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
    await rpc.getUser({});
    expect(world.server.clock.now() - before).toBe(3_600_000);
    expect(world.server.calls.of("GetUser")).toMatchObject([{ at: before, durationMs: 3_600_000 }]);
  });
});

describe("server.calls", () => {
  const world = openWorld();

  it("each call is logged with its request, response, error and caller", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.createTeamAccount({ name: "acme" });
    world.server.clock.advance("1h");
    await connectErrorOf(world.vydon().getTeamAccountMembers({ accountId }));
    const { calls } = world.server;
    expect(calls.count).toBe(2);
    expect(calls.all().map(({ api, method }) => `${api}.${method}`)).toEqual([
      "vydon.CreateTeamAccount",
      "vydon.GetTeamAccountMembers",
    ]);
    const [created] = calls.of("CreateTeamAccount");
    expect(created?.request.name).toBe("acme");
    expect(created?.response?.accountId).toBe(accountId);
    expect(created?.caller).toMatchObject({ kind: "user", userId: ada.userId });
    const [refused] = calls.of("vydon.GetTeamAccountMembers");
    expect(refused).toMatchObject({
      accountId,
      at: world.server.clock.now(),
      response: undefined,
      caller: undefined,
    });
    expect(refused?.error?.code).toBe(Code.Unauthenticated);
    calls.clear();
    expect(calls.count).toBe(0);
    expect(calls.all()).toEqual([]);
  });
});
