import { Code } from "@connectrpc/connect";
import { OrganizationRole, OrganizationService, SortOrder } from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, rpcOf, unknownId } from "./people.js";

// ListMembers, SetRole, LeaveOrganization.

describe("Ona's members", () => {
  const world = openWorld({ strict: true });
  const userId = (name: string) => world.server.ona.member("Acme", `${name}@example.com`).userId;

  it("ListMembers returns all members to every member: the caller first, then by name", async () => {
    const id = addAcme(world);
    const emails = async (name: string) => {
      const members = await clientOf(world, name, id).members.list(id).toArray();
      return members.map(({ email }) => email.split("@")[0]);
    };
    expect(await emails("ada")).toEqual(["ada", "barbara", "grace"]);
    expect(await emails("grace")).toEqual(["grace", "ada", "barbara"]);
  });

  it("ListMembers, GetUser and GetAccount return a person's picture, name, email and login provider", async () => {
    const grace = {
      email: "Grace@example.com",
      name: "Grace Hopper",
      avatarUrl: "https://pictures.example.com/grace.png",
    };
    world.server.seed({ ona: { accounts: [{ ...grace, loginProvider: "google" }] } });
    const id = addAcme(world);
    const { members, users } = clientOf(world, "ada", id);
    const [found] = await members.list(id, { search: "hopper" }).toArray();
    expect(found).toMatchObject({ ...grace, role: "member", status: "active", loginProvider: "google" });
    expect(await users.get(found?.userId ?? "")).toMatchObject(grace);
    expect(await clientOf(world, "grace").accounts.get()).toMatchObject(grace);
    const [ada] = await members.list(id, { search: "ada" }).toArray();
    expect(ada).toMatchObject({ avatarUrl: "", loginProvider: "github" });
  });

  it("ListMembers returns the caller before a member with an empty name", async () => {
    const { accountId } = world.server.ona.signIn({ email: "x@example.com", name: "" });
    const id = world.server.ona.addOrganization({ name: "Labs" }).id;
    world.server.ona.join(id, accountId);
    world.server.ona.join(id, world.server.ona.signIn({ email: "ada@example.com" }).accountId);
    const members = await clientOf(world, "ada", id).members.list(id).toArray();
    expect(members.map(({ name }) => name)).toEqual(["Ada", ""]);
  });

  it("ListMembers with `sort` orders by that field only, without the caller first and ignoring case", async () => {
    const id = addAcme(world);
    world.server.clock.advance("1h");
    const { accountId } = world.server.ona.signIn({ email: "alan@example.com", name: "alan" });
    world.server.ona.join(id, accountId);
    const { members } = clientOf(world, "grace", id);
    const names = async (sort: { field: "name" | "date_joined"; descending?: boolean }) =>
      (await members.list(id, { sort }).toArray()).map(({ name }) => name);
    expect(await names({ field: "name" })).toEqual(["Ada", "alan", "Barbara", "Grace"]);
    expect(await names({ field: "name", descending: true })).toEqual(["Grace", "Barbara", "alan", "Ada"]);
    // Members who joined at the same time stay in the order in which they were added, in both directions.
    const together = ["Ada", "Grace", "Barbara"];
    expect(await names({ field: "date_joined" })).toEqual([...together, "alan"]);
    expect(await names({ field: "date_joined", descending: true })).toEqual(["alan", ...together]);
  });

  it("ListMembers with an order alone sorts by name", async () => {
    const id = addAcme(world);
    const rpc = rpcOf(world, OrganizationService, "grace", id);
    const { members } = await rpc.listMembers({ organizationId: id, sort: { order: SortOrder.DESC } });
    expect(members.map(({ fullName }) => fullName)).toEqual(["Grace", "Barbara", "Ada"]);
  });

  it("ListMembers with `search` matches names and emails, ignoring case, and all filters combine", async () => {
    const accounts = [{ email: "Barbara@example.com", name: "Dr. Liskov" }];
    world.server.seed({ ona: { accounts } });
    const id = addAcme(world);
    const { members } = clientOf(world, "ada", id);
    const found = async (search: Parameters<typeof members.list>[1]) =>
      (await members.list(id, search).toArray()).map(({ name }) => name);
    expect(await found({ search: "bARB" })).toEqual(["Dr. Liskov"]);
    expect(await found({ search: "dR. l" })).toEqual(["Dr. Liskov"]);
    expect(await found({ search: "grace@" })).toEqual(["Grace"]);
    expect(await found({ roles: ["member"] })).toEqual(["Dr. Liskov", "Grace"]);
    expect(await found({ roles: ["member"], search: "ara" })).toEqual(["Dr. Liskov"]);
    expect(await found({ userIds: [userId("ada"), userId("grace")], roles: ["member"] })).toEqual(["Grace"]);
    // The mock has no groups and no teams.
    expect(await found({ excludeGroupIds: [unknownId], excludeMembersInAnyTeam: true })).toHaveLength(3);
  });

  it('ListMembers returns members who left only if `statuses` includes "left"', async () => {
    const id = addAcme(world);
    const { members } = clientOf(world, "ada", id);
    await members.remove(id, userId("grace"));
    const statuses = async (search: Parameters<typeof members.list>[1]) =>
      (await members.list(id, search).toArray()).map(({ name, status }) => [name, status]);
    expect(await statuses({})).toEqual([
      ["Ada", "active"],
      ["Barbara", "active"],
    ]);
    expect(await statuses({ statuses: ["left"] })).toEqual([["Grace", "left"]]);
  });

  it("ListMembers with `count` returns the total on the first page", async () => {
    const id = addAcme(world);
    const { members } = clientOf(world, "ada", id);
    const totals: (number | undefined)[] = [];
    for await (const { total } of members.list(id, { count: true, pageSize: 2 }).pages()) totals.push(total);
    expect(totals).toEqual([3, undefined]);
    expect(await members.list(id)).not.toHaveProperty("total");
    const rpc = rpcOf(world, OrganizationService, "ada", id);
    const { count } = await rpc.listMembers({ organizationId: id, count: { include: true } });
    expect(count?.value).toBe(3);
    expect((await members.list(id, { count: true, roles: ["member"] })).total).toBe(2);
    await members.remove(id, userId("grace"));
    expect((await members.list(id, { count: true })).total).toBe(2);
  });

  it("ListMembers returns suspended members among the others", async () => {
    const id = addAcme(world);
    const { members, users } = clientOf(world, "ada", id);
    await users.suspend(userId("grace"));
    const all = await members.list(id).toArray();
    expect(all.map(({ name, status }) => [name, status])).toEqual([
      ["Ada", "active"],
      ["Barbara", "active"],
      ["Grace", "suspended"],
    ]);
  });

  it("ListMembers skips no member if members are removed between the pages", async () => {
    const id = addAcme(world);
    const { members } = clientOf(world, "ada", id);
    const seen: string[] = [];
    for await (const { name, userId } of members.list(id, {
      pageSize: 1,
      sort: { field: "name", descending: true },
    })) {
      seen.push(name);
      if (name !== "Ada") await members.remove(id, userId);
    }
    expect(seen).toEqual(["Grace", "Barbara", "Ada"]);
  });

  it("SetRole is allowed for admins only, and takes effect at once", async () => {
    const id = addAcme(world);
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    expect(await codeOf(grace.members.setRole(id, userId("grace"), "admin"))).toBe("permission_denied");
    await ada.members.setRole(id, userId("grace"), "admin");
    await grace.members.setRole(id, userId("ada"), "member");
    expect(await codeOf(ada.members.setRole(id, userId("ada"), "admin"))).toBe("permission_denied");
    expect((await ada.accounts.get()).memberships).toMatchObject([{ userRole: "member" }]);
  });

  it("SetRole fails with not_found for a user who is not a member", async () => {
    const id = addAcme(world);
    const labs = world.server.ona.addOrganization({ name: "Labs", members: [{ email: "hedy@example.com" }] });
    const { members } = clientOf(world, "ada", id);
    const gone = userId("grace");
    await members.remove(id, gone);
    for (const user of [unknownId, gone, world.server.ona.member(labs.id, "hedy@example.com").userId]) {
      expect(await codeOf(members.setRole(id, user, "admin"))).toBe("not_found");
    }
  });

  it("SetRole fails with invalid_argument without a role or with an unknown role", async () => {
    const id = addAcme(world);
    const rpc = rpcOf(world, OrganizationService, "ada", id);
    for (const role of [OrganizationRole.UNSPECIFIED, 7]) {
      const call = rpc.setRole({ organizationId: id, userId: userId("grace"), role });
      expect((await connectErrorOf(call)).code).toBe(Code.InvalidArgument);
    }
  });

  it("the last admin can neither become a member nor leave", async () => {
    const id = addAcme(world);
    const { members } = clientOf(world, "ada", id);
    expect(await codeOf(members.setRole(id, userId("ada"), "member"))).toBe("failed_precondition");
    expect(await codeOf(members.remove(id, userId("ada")))).toBe("failed_precondition");
    await members.setRole(id, userId("ada"), "admin");
    await members.setRole(id, userId("grace"), "admin");
    await members.remove(id, userId("ada"));
    expect(world.server.ona.member(id, "ada@example.com").status).toBe("left");
  });

  it("an admin is the last one if all other admins are suspended or have left", async () => {
    const id = addAcme(world);
    const { members, users } = clientOf(world, "ada", id);
    for (const name of ["grace", "barbara"]) await members.setRole(id, userId(name), "admin");
    await members.remove(id, userId("barbara"));
    await users.suspend(userId("grace"));
    expect(await codeOf(members.setRole(id, userId("ada"), "member"))).toBe("failed_precondition");
    expect(await codeOf(members.remove(id, userId("ada")))).toBe("failed_precondition");
    expect(await codeOf(users.delete(userId("ada")))).toBe("failed_precondition");
    await users.unsuspend(userId("grace"));
    await members.remove(id, userId("ada"));
  });

  it("LeaveOrganization removes the caller, or for admins any member, and a second call fails with not_found", async () => {
    const id = addAcme(world);
    const [ada, grace] = [clientOf(world, "ada", id), clientOf(world, "grace", id)];
    const [barbara, self] = [userId("barbara"), userId("grace")];
    expect(await codeOf(grace.members.remove(id, barbara))).toBe("permission_denied");
    await ada.members.remove(id, barbara);
    expect(await codeOf(ada.members.remove(id, barbara))).toBe("not_found");
    expect(await codeOf(ada.members.remove(id, unknownId))).toBe("not_found");
    await grace.members.remove(id, self);
    expect(await codeOf(grace.members.list(id).first())).toBe("unauthenticated");
  });

  it("LeaveOrganization fails with not_found for a user of another organization", async () => {
    const id = addAcme(world);
    const labs = world.server.ona.addOrganization({
      name: "Labs",
      members: [{ email: "ada@example.com" }, { email: "hedy@example.com" }],
    });
    const { members } = clientOf(world, "ada", id);
    for (const name of ["ada", "hedy"]) {
      const { userId } = world.server.ona.member("Labs", `${name}@example.com`);
      expect(await codeOf(members.remove(labs.id, userId))).toBe("not_found");
    }
  });

  it("DeleteAccount succeeds after the person has left their organization", async () => {
    const id = addAcme(world);
    const { accountId } = world.server.ona.signIn({ email: "grace@example.com" });
    const { accounts, members } = clientOf(world, "grace");
    await members.remove(id, userId("grace"));
    await accounts.delete(accountId);
    const left = clientOf(world, "ada", id).members.list(id, { statuses: ["left"] });
    expect(await left.toArray()).toEqual([]);
  });
});
