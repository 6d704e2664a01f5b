import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  AccountRole,
  ResourcePermission_Action as Action,
  ResourcePermission_Type as Type,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { openWorld, refusal, type VydonRpc } from "../world.js";
import { join, person, team, unknownId } from "./teams.js";

const actions = [Action.CREATE, Action.READ, Action.UPDATE, Action.DELETE];

// HasPermission, HasPermissions.

/** Create, read, update, delete: what the caller may do to one resource. */
async function ask(rpc: VydonRpc, accountId: string, type: Type, id = accountId): Promise<boolean[]> {
  const resources = actions.map((action) => ({ type, action, id }));
  const { assertions } = await rpc.hasPermissions({ accountId, resources });
  for (const [index, resource] of resources.entries()) {
    const { hasPermission } = await rpc.hasPermission({ accountId, resource });
    expect(hasPermission).toBe(assertions[index]);
  }
  return assertions;
}

describe("permissions", () => {
  const world = openWorld();

  it("an admin may do everything but delete the account", async () => {
    const { ada, accountId } = await team(world);
    expect(await ask(ada.rpc, accountId, Type.ACCOUNT)).toEqual([true, true, true, false]);
    expect(await ask(ada.rpc, accountId, Type.CONNECTION, "c1")).toEqual([true, true, true, true]);
    expect(await ask(ada.rpc, accountId, Type.JOB, "j1")).toEqual([true, true, true, true]);
  });

  it("a developer may do all with jobs and connections, and view the account", async () => {
    const { ada, accountId } = await team(world);
    const role = AccountRole.JOB_DEVELOPER;
    const grace = await join(world, { admin: ada, accountId, name: "grace", role });
    expect(await ask(grace.rpc, accountId, Type.ACCOUNT)).toEqual([false, true, false, false]);
    expect(await ask(grace.rpc, accountId, Type.CONNECTION, "c1")).toEqual([true, true, true, true]);
    expect(await ask(grace.rpc, accountId, Type.JOB, "j1")).toEqual([true, true, true, true]);
  });

  it.each([AccountRole.JOB_EXECUTOR, AccountRole.JOB_VIEWER])("role %i may view", async (role) => {
    const { ada, accountId } = await team(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role });
    for (const type of [Type.ACCOUNT, Type.CONNECTION, Type.JOB]) {
      expect(await ask(grace.rpc, accountId, type)).toEqual([false, true, false, false]);
    }
  });

  it("nobody may do anything to the account by another id", async () => {
    const { ada, accountId } = await team(world);
    expect(await ask(ada.rpc, accountId, Type.ACCOUNT, unknownId)).toEqual([false, false, false, false]);
  });

  it("what is neither a resource nor an action is not permitted", async () => {
    const { ada, accountId } = await team(world);
    expect(await ask(ada.rpc, accountId, Type.UNSPECIFIED)).toEqual([false, false, false, false]);
    const resource = { type: Type.JOB, id: "j1" };
    expect((await ada.rpc.hasPermission({ accountId, resource })).hasPermission).toBe(false);
    expect((await ada.rpc.hasPermission({ accountId })).hasPermission).toBe(false);
  });

  it("HasPermissions returns in the order of the question", async () => {
    const { ada, accountId } = await team(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    const { assertions } = await grace.rpc.hasPermissions({
      accountId,
      resources: [
        { type: Type.JOB, id: "j1", action: Action.READ },
        { type: Type.JOB, id: "j1", action: Action.DELETE },
        { type: Type.ACCOUNT, id: accountId, action: Action.READ },
      ],
    });
    expect(assertions).toEqual([true, false, true]);
    expect((await grace.rpc.hasPermissions({ accountId })).assertions).toEqual([]);
  });

  it("a key of the account may do what an admin may", async () => {
    const { accountId } = await team(world);
    const key = world.vydon(world.server.vydon.apiKey(accountId));
    expect(await ask(key, accountId, Type.ACCOUNT)).toEqual([true, true, true, false]);
    expect(await ask(key, accountId, Type.ACCOUNT, unknownId)).toEqual([false, false, false, false]);
    expect(await ask(key, accountId, Type.JOB, "j1")).toEqual([true, true, true, true]);
    expect((await key.hasPermission({ accountId })).hasPermission).toBe(false);
  });

  it("HasPermissions of nothing is for everybody", async () => {
    const { accountId } = await team(world);
    const eve = person(world, "eve", false);
    expect((await eve.rpc.hasPermissions({ accountId })).assertions).toEqual([]);
  });

  it("those outside get no answer", async () => {
    const { accountId } = await team(world);
    const error = await refusal(person(world, "eve").rpc.hasPermission({ accountId }));
    expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "user is not in account" });
  });
});

describe("permissions without RBAC", () => {
  const world = openWorld({ vydon: { rbac: false } });

  it("everybody in the account may do what an admin may", async () => {
    const { ada, accountId } = await team(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    expect(await ask(grace.rpc, accountId, Type.ACCOUNT)).toEqual([true, true, true, false]);
    expect(await ask(grace.rpc, accountId, Type.JOB, "*")).toEqual([true, true, true, true]);
    expect(await ask(grace.rpc, accountId, Type.UNSPECIFIED)).toEqual([false, false, false, false]);
    expect((await grace.rpc.hasPermission({ accountId })).hasPermission).toBe(false);
    expect((await refusal(person(world, "eve").rpc.hasPermission({ accountId }))).code).toBe(
      Code.PermissionDenied,
    );
  });
});
