import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, unknownId } from "./people.js";

// GetAuthenticatedUser, GetUser, SetSuspended, DeleteUser.

describe("Ona's users", () => {
  const world = openWorld({ strict: true });
  const userId = (name: string) => world.server.ona.member("Acme", `${name}@example.com`).userId;

  it("GetAuthenticatedUser returns the token's user", async () => {
    const avatarUrl = "https://example.com/grace.png";
    world.server.seed({ ona: { accounts: [{ email: "grace@example.com", avatarUrl }] } });
    const id = addAcme(world);
    expect(await clientOf(world, "grace", id).users.current()).toEqual({
      id: userId("grace"),
      organizationId: id,
      name: "Grace",
      avatarUrl,
      createdAt: new Date("2026-01-01"),
      status: "active",
      email: "grace@example.com",
    });
  });

  it("a person has a user id for each organization", async () => {
    const id = addAcme(world);
    world.server.ona.addOrganization({ name: "Labs", members: [{ email: "grace@example.com" }] });
    const { memberships } = await clientOf(world, "grace", id).accounts.get();
    expect(memberships.map(({ userId }) => userId)).toEqual([
      userId("grace"),
      (await clientOf(world, "grace", "Labs").users.current()).id,
    ]);
  });

  it("GetAuthenticatedUser, GetUser and ListPersonalAccessTokens fail for a token without an organization", async () => {
    addAcme(world);
    const { users, tokens } = clientOf(world, "ada");
    expect(await codeOf(users.current())).toBe("permission_denied");
    expect(await codeOf(users.get(userId("grace")))).toBe("permission_denied");
    expect(await codeOf(tokens.list().first())).toBe("permission_denied");
  });

  it("GetUser returns users of the caller's organization, and fails with not_found for others", async () => {
    const id = addAcme(world);
    world.server.ona.addOrganization({ name: "Labs", members: [{ email: "hedy@example.com" }] });
    const { users } = clientOf(world, "grace", id);
    expect(await users.get(userId("ada"))).toMatchObject({ email: "ada@example.com" });
    const { userId: hedy } = world.server.ona.member("Labs", "hedy@example.com");
    for (const user of [hedy, unknownId]) expect(await codeOf(users.get(user))).toBe("not_found");
  });

  it("SetSuspended denies a user access until they are unsuspended", async () => {
    const id = addAcme(world);
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    await ada.users.suspend(userId("grace"));
    await ada.users.suspend(userId("grace"));
    expect(await codeOf(grace.users.current())).toBe("permission_denied");
    const suspended = await ada.members.list(id, { statuses: ["suspended"] }).toArray();
    expect(suspended).toMatchObject([{ name: "Grace", status: "suspended" }]);
    await ada.users.unsuspend(userId("grace"));
    expect((await grace.users.current()).status).toBe("active");
  });

  it("SetSuspended does not affect the person's other organizations", async () => {
    const id = addAcme(world);
    world.server.ona.addOrganization({ name: "Labs", members: [{ email: "grace@example.com" }] });
    await clientOf(world, "ada", id).users.suspend(userId("grace"));
    expect(await clientOf(world, "grace", "Labs").users.current()).toMatchObject({ status: "active" });
    expect((await clientOf(world, "grace").accounts.get()).memberships).toHaveLength(2);
  });

  it("a suspended member who accepts an invite stays suspended", async () => {
    const id = addAcme(world, { inviteId: unknownId });
    await clientOf(world, "ada", id).users.suspend(userId("grace"));
    const again = await clientOf(world, "grace").invites.accept(unknownId);
    expect(again).toMatchObject({ userId: userId("grace"), status: "suspended" });
  });

  it("SetSuspended fails for members, and for admins who suspend themselves", async () => {
    const id = addAcme(world);
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    expect(await codeOf(grace.users.suspend(userId("ada")))).toBe("permission_denied");
    expect(await codeOf(ada.users.suspend(userId("ada")))).toBe("failed_precondition");
    await ada.users.unsuspend(userId("ada"));
  });

  it("SetSuspended fails with not_found for a user who is not a member", async () => {
    const id = addAcme(world);
    const { users, members } = clientOf(world, "ada", id);
    await members.remove(id, userId("grace"));
    for (const user of [unknownId, userId("grace")])
      expect(await codeOf(users.suspend(user))).toBe("not_found");
  });

  it("DeleteUser deletes the caller, or for admins any user, and a second call fails with not_found", async () => {
    const id = addAcme(world);
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    const [barbara, self] = [userId("barbara"), userId("grace")];
    expect(await codeOf(grace.users.delete(barbara))).toBe("permission_denied");
    await ada.users.delete(barbara);
    expect(await codeOf(ada.users.delete(barbara))).toBe("not_found");
    expect(await codeOf(ada.users.get(barbara))).toBe("not_found");
    await grace.users.delete(self);
    expect(await codeOf(grace.users.current())).toBe("unauthenticated");
    const all = ada.members.list(id, { statuses: ["active", "suspended", "left"] });
    expect(await all.toArray()).toMatchObject([{ name: "Ada" }]);
  });

  it("DeleteUser with the token of an account, a second time, fails with not_found", async () => {
    const id = addAcme(world);
    const grace = clientOf(world, "grace");
    const self = userId("grace");
    await grace.users.delete(self);
    expect(await codeOf(grace.users.delete(self))).toBe("not_found");
    expect(await codeOf(grace.members.remove(id, self))).toBe("not_found");
  });

  it("DeleteUser keeps the person's account, unless the organization owns the account", async () => {
    const id = addAcme(world);
    world.server.seed({ ona: { accounts: [{ email: "hedy@example.com", organizationId: id }] } });
    world.server.ona.join(id, world.server.ona.account("hedy@example.com").id);
    const { users } = clientOf(world, "ada", id);
    await users.delete(userId("grace"));
    await users.delete(userId("hedy"));
    expect(world.server.ona.account("grace@example.com").name).toBe("Grace");
    expect(() => world.server.ona.account("hedy@example.com")).toThrow("there is no account");
  });

  it("DeleteUser fails with failed_precondition for the last admin", async () => {
    const id = addAcme(world);
    expect(await codeOf(clientOf(world, "ada", id).users.delete(userId("ada")))).toBe("failed_precondition");
  });

  it("DeleteUser fails for the last admin of another organization only if the account is deleted too", async () => {
    const id = addAcme(world);
    const { ona } = world.server;
    world.server.seed({ ona: { accounts: [{ email: "hedy@example.com", organizationId: id }] } });
    ona.join(id, ona.account("hedy@example.com").id);
    for (const name of ["grace", "hedy"])
      ona.addOrganization({
        name: `${name} Labs`,
        members: [{ email: `${name}@example.com`, role: "admin" }],
      });
    const { users } = clientOf(world, "ada", id);
    expect(await codeOf(users.delete(userId("hedy")))).toBe("failed_precondition");
    await users.delete(userId("grace"));
    expect(ona.member("grace Labs", "grace@example.com").role).toBe("admin");
  });
});
