import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { person } from "./vydon/teams.js";
import { openWorld, refusal } from "./world.js";

// Which calls a fault hits, and which calls are in the log.

describe("faults", () => {
  const world = openWorld();

  it("fail a method's calls, and no other's", async () => {
    const { rpc } = person(world, "ada");
    const fault = world.server.faults.inject({
      method: "GetUser",
      code: "unavailable",
      message: "try later",
      times: 2,
    });
    expect(await refusal(rpc.getUser({}))).toMatchObject({
      code: Code.Unavailable,
      rawMessage: "try later",
    });
    await rpc.getUserAccounts({});
    expect((await refusal(rpc.getUser({}))).code).toBe(Code.Unavailable);
    await rpc.getUser({});
    expect(fault.hits).toBe(2);
  });

  it("let calls pass first", async () => {
    const { rpc } = person(world, "ada");
    const fault = world.server.faults.inject({ method: "vydon.GetUser", code: "internal", after: 1 });
    await rpc.getUser({});
    expect((await refusal(rpc.getUser({}))).code).toBe(Code.Internal);
    fault.remove();
    await rpc.getUser({});
    world.server.faults.inject({ method: "GetUser", code: "internal" });
    world.server.faults.clear();
    await rpc.getUser({});
  });

  it("strike before the server looks at the call, and write nothing", async () => {
    const { rpc } = person(world, "ada");
    world.server.faults.inject({ method: "CreateTeamAccount", code: "unavailable", times: 1 });
    expect((await refusal(rpc.createTeamAccount({ name: "acme" }))).code).toBe(Code.Unavailable);
    expect((await rpc.getUserAccounts({})).accounts).toEqual([]);
    world.server.faults.inject({ method: "GetUser", code: "unavailable", times: 1 });
    expect((await refusal(world.vydon().getUser({}))).code).toBe(Code.Unavailable);
  });

  it("delay calls on the server's clock, not on the wall's", async () => {
    const { rpc } = person(world, "ada");
    const before = world.server.clock.now();
    world.server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
    await rpc.getUser({});
    expect(world.server.clock.now() - before).toBe(3_600_000);
    expect(world.server.calls.of("GetUser")).toMatchObject([{ at: before, durationMs: 3_600_000 }]);
  });
});

describe("calls", () => {
  const world = openWorld();

  it("are logged with what was asked, answered and refused", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.createTeamAccount({ name: "acme" });
    world.server.clock.advance("1h");
    await refusal(world.vydon().getTeamAccountMembers({ accountId }));
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
