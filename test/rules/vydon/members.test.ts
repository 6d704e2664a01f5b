import { Code } from "@connectrpc/connect";
import { AccountRole } from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, join, nonAdminRoles, person, unknownId } from "./teams.js";

// Members and their roles.

describe("Vydon's members", () => {
  const world = openWorld();

  it("GetTeamAccountMembers returns all members with their roles", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, {
      admin: ada,
      accountId,
      name: "grace",
      role: AccountRole.JOB_EXECUTOR,
    });
    const { users } = await grace.rpc.getTeamAccountMembers({ accountId });
    expect(users).toMatchObject([
      { id: ada.userId, email: "ada@example.com", name: "Ada", role: AccountRole.ADMIN },
      { id: grace.userId, email: "grace@example.com", name: "Grace", role: AccountRole.JOB_EXECUTOR },
    ]);
  });

  it("GetTeamAccountMembers and RemoveTeamAccountMember fail for a personal account", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    for (const refused of [
      ada.rpc.getTeamAccountMembers({ accountId }),
      ada.rpc.removeTeamAccountMember({ accountId, userId: ada.userId }),
    ].map(connectErrorOf)) {
      const error = await refused;
      expect(error).toMatchObject({
        code: Code.PermissionDenied,
        rawMessage: "account is not a team account",
      });
    }
  });

  it("RemoveTeamAccountMember removes the member, and succeeds for a user who is not a member", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    await ada.rpc.removeTeamAccountMember({ accountId, userId: grace.userId });
    expect((await ada.rpc.getTeamAccountMembers({ accountId })).users.map(({ id }) => id)).toEqual([
      ada.userId,
    ]);
    expect((await grace.rpc.getUserAccounts({})).accounts).toEqual([]);
    await ada.rpc.removeTeamAccountMember({ accountId, userId: grace.userId });
    await ada.rpc.removeTeamAccountMember({ accountId, userId: unknownId });
  });

  it.each(nonAdminRoles)(
    "SetUserRole from role %i to admin gives the member the right to edit",
    async (role) => {
      const { ada, accountId } = await createTeam(world);
      const grace = await join(world, { admin: ada, accountId, name: "grace", role });
      const edit = () => grace.rpc.setAccountOnboardingConfig({ accountId });
      expect((await connectErrorOf(edit())).code).toBe(Code.PermissionDenied);
      await ada.rpc.setUserRole({ accountId, userId: grace.userId, role: AccountRole.ADMIN });
      await edit();
    },
  );

  it("SetUserRole fails for a user who is not a member, and without a role", async () => {
    const { ada, accountId } = await createTeam(world);
    const eve = person(world, "eve");
    const error = await connectErrorOf(
      ada.rpc.setUserRole({ accountId, userId: eve.userId, role: AccountRole.ADMIN }),
    );
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: "provided user id is not in account",
    });
    const none = await connectErrorOf(ada.rpc.setUserRole({ accountId, userId: ada.userId }));
    expect(none).toMatchObject({
      code: Code.Unknown,
      rawMessage: "account role provided has not be mapped to a casbin role name: 0",
    });
  });

  it("an API key may change roles in its account, and is not a member", async () => {
    const { ada, accountId } = await createTeam(world);
    const key = world.vydon(world.server.vydon.apiKey(accountId));
    await key.setUserRole({ accountId, userId: ada.userId, role: AccountRole.JOB_DEVELOPER });
    const { users } = await key.getTeamAccountMembers({ accountId });
    expect(users).toMatchObject([{ id: ada.userId, role: AccountRole.JOB_DEVELOPER }]);
  });

  it("GetTeamAccountMembers returns an empty list for an enterprise account", async () => {
    const ada = person(world, "ada");
    world.server.seed({
      vydon: { accounts: [{ name: "big", type: "enterprise", members: [{ email: ada.email }] }] },
    });
    const { id: accountId } = world.server.vydon.account("big");
    expect((await ada.rpc.getTeamAccountMembers({ accountId })).users).toEqual([]);
  });
});

describe("Vydon's members with `rbac: false`", () => {
  const world = openWorld({ vydon: { rbac: false } });

  it("members have no role, and may make every call", async () => {
    const { ada, accountId } = await createTeam(world);
    const grace = await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    const { users } = await grace.rpc.getTeamAccountMembers({ accountId });
    expect(users.map(({ role }) => role)).toEqual([AccountRole.UNSPECIFIED, AccountRole.UNSPECIFIED]);
    await grace.rpc.setUserRole({ accountId, userId: ada.userId, role: AccountRole.JOB_VIEWER });
    await grace.rpc.setUserRole({ accountId, userId: ada.userId });
    await grace.rpc.getTeamAccountMembers({ accountId: accountId.toUpperCase() });
    await grace.rpc.removeTeamAccountMember({ accountId, userId: ada.userId });
  });
});
