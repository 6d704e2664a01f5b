import { Code } from "@connectrpc/connect";
import {
  AccountRole,
  ResourcePermission_Action as Action,
  ResourcePermission_Type as Type,
} from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld, type VydonRpc } from "../world.js";
import { createTeam, join, person, unknownId } from "./teams.js";

const actions = [Action.CREATE, Action.READ, Action.UPDATE, Action.DELETE];

// HasPermission, HasPermissions.

/** Returns whether the caller may create, read, update and delete a resource. */
async function permissionsOf(
  rpc: VydonRpc,
  accountId: string,
  type: Type,
  id = accountId,
): Promise<boolean[]> {
  const resources = actions.map((action) => ({ type, action, id }));
  const { assertions } = await rpc.hasPermissions({ accountId, resources });
  for (const [index, resource] of resources.entries()) {
    const { hasPermission } = await rpc.hasPermission({ accountId, resource });
    expect(hasPermission).toBe(assertions[index]);
  }
  return assertions;
}

describe("Vydon's HasPermission and HasPermissions", () => {
  const world = openWorld();

  it("an admin may do everything except delete the account", async () => {
    const { ada, accountId } = await createTeam(world);
    expect(await permissionsOf(ada.rpc, accountId, Type.ACCOUNT)).toEqual([true, true, true, false]);
    expect(await permissionsOf(ada.rpc, accountId, Type.CONNECTION, "c1")).toEqual([true, true, true, true]);
    expect(await permissionsOf(ada.rpc, accountId, Type.JOB, "j1")).toEqual([true, true, true, true]);
  });

  it("a developer may do everything with jobs and connections, and may view the account", async () => {
    const { ada, accountId } = await createTeam(world);
    const role = AccountRole.JOB_DEVELOPER;
    const grace = await join(world, { admin: ada, accountId, name: "grace", role });
    expect(await permissionsOf(grace.rpc, accountId, Type.ACCOUNT)).toEqual([false, true, false, false]);
    expect(await permissionsOf(grace.rpc, accountId, Type.CONNECTION, "c1")).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(await permissionsOf(grace.rpc, accountId, Type.JOB, "j1")).toEqual([true, true, true, true]);
  });

  it.each([AccountRole.JOB_EXECUTOR, AccountRole.JOB_VIEWER])(
    "role %i may view accounts, connections and jobs, and nothing else",
    async (role) => {
      const { ada, accountId } = await createTeam(world);
      const grace = await join(world, { admin: ada, accountId, name: "grace", role });
      for (const type of [Type.ACCOUNT, Type.CONNECTION, Type.JOB]) {
        expect(await permissionsOf(grace.rpc, accountId, type)).toEqual([false, true, false, false]);
      }
    },
  );

  it("return false for an account resource with another id", async () => {
    const { ada, accountId } = await createTeam(world);
    expect(await permissionsOf(ada.rpc, accountId, Type.ACCOUNT, unknownId)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("return false without a resource, a resource type or an action", async () => {
    const { ada, accountId } = await createTeam(world);
    expect(await permissionsOf(ada.rpc, accountId, Type.UNSPECIFIED)).toEqual([false, false, false, false]);
    const resource = { type: Type.JOB, id: "j1" };
    expect((await ada.rpc.hasPermission({ accountId, resource })).hasPermission).toBe(false);
    expect((await ada.rpc.hasPermission({ accountId })).hasPermission).toBe(false);
  });

  it("HasPermissions returns the results in the order of the request", async () => {
    const { ada, accountId } = await createTeam(world);
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

  it("an API key has the permissions of an admin", async () => {
    const { accountId } = await createTeam(world);
    const key = world.vydon(world.server.vydon.apiKey(accountId));
    expect(await permissionsOf(key, accountId, Type.ACCOUNT)).toEqual([true, true, true, false]);
    expect(await permissionsOf(key, accountId, Type.ACCOUNT, unknownId)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(await permissionsOf(key, accountId, Type.JOB, "j1")).toEqual([true, true, true, true]);
    expect((await key.hasPermission({ accountId })).hasPermission).toBe(false);
  });

  it("HasPermissions without resources succeeds for every caller", async () => {
    const { accountId } = await createTeam(world);
    const eve = person(world, "eve", false);
    expect((await eve.rpc.hasPermissions({ accountId })).assertions).toEqual([]);
  });

  it("HasPermission without a resource fails with permission_denied for a user outside the account", async () => {
    const { accountId } = await createTeam(world);
    const error = await connectErrorOf(person(world, "eve").rpc.hasPermission({ accountId }));
    expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "user is not in account" });
  });
});

describe("Vydon's HasPermission and HasPermissions with `rbac: false`", () => {
  const world = openWorld({ vydon: { rbac: false } });

  it("every member has the permissions of an admin", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    expect(await permissionsOf(grace.rpc, accountId, Type.ACCOUNT)).toEqual([true, true, true, false]);
    expect(await permissionsOf(grace.rpc, accountId, Type.JOB, "*")).toEqual([true, true, true, true]);
    expect(await permissionsOf(grace.rpc, accountId, Type.UNSPECIFIED)).toEqual([false, false, false, false]);
    expect((await grace.rpc.hasPermission({ accountId })).hasPermission).toBe(false);
    expect((await connectErrorOf(person(world, "eve").rpc.hasPermission({ accountId }))).code).toBe(
      Code.PermissionDenied,
    );
  });
});
