import { Code } from "@connectrpc/connect";
import { OnaClient } from "tenantry";
import { OrganizationService } from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, rpcOf, unknownId } from "./people.js";

// CreateOrganization, GetOrganization, UpdateOrganization, DeleteOrganization, JoinOrganization.

describe("Ona's organizations", () => {
  const world = openWorld({ strict: true });

  it("CreateOrganization with `join` makes the caller its first member, an admin", async () => {
    const ada = clientOf(world, "ada");
    const { member, ...acme } = await ada.organizations.create({ name: "Acme", join: true });
    expect(acme).toMatchObject({
      name: "Acme",
      tier: "free_ona",
      inviteDomains: [],
      createdAt: new Date("2026-01-01"),
      updatedAt: new Date("2026-01-01"),
    });
    expect(member).toMatchObject({ email: "ada@example.com", role: "admin", status: "active" });
    const { memberships } = await ada.accounts.get();
    expect(memberships).toMatchObject([
      { organizationId: acme.id, userId: member?.userId, userRole: "admin" },
    ]);
  });

  it("CreateOrganization without `join` creates an organization without members", async () => {
    const ada = clientOf(world, "ada");
    expect(await ada.organizations.create({ name: "Acme" })).not.toHaveProperty("member");
    expect((await ada.accounts.get()).memberships).toEqual([]);
  });

  it("CreateOrganization fails for a name of less than three characters", async () => {
    const ada = clientOf(world, "ada");
    expect(await codeOf(ada.organizations.create({ name: "Ac" }))).toBe("invalid_argument");
  });

  it("CreateOrganization with `inviteAccountsWithMatchingDomain` makes it joinable for the caller's email domain", async () => {
    const invite = { name: "Acme", inviteAccountsWithMatchingDomain: true };
    const acme = await clientOf(world, "ada").organizations.create(invite);
    expect(acme.inviteDomains).toEqual(["example.com"]);
    const joinable = await clientOf(world, "grace").accounts.listJoinableOrganizations().toArray();
    expect(joinable.map(({ organizationId }) => organizationId)).toEqual([acme.id]);
  });

  it("CreateOrganization with `inviteAccountsWithMatchingDomain` fails for a public email provider", async () => {
    const { connect } = world.server.ona.signIn({ email: "ada@gmail.com" });
    const ada = new OnaClient(connect());
    const invite = { name: "Acme", inviteAccountsWithMatchingDomain: true };
    expect(await codeOf(ada.organizations.create(invite))).toBe("failed_precondition");
  });

  it("GetOrganization returns the organization to every member", async () => {
    const id = addAcme(world, { domain: "Example.com", tier: "enterprise" });
    expect(await clientOf(world, "grace", id).organizations.get(id)).toMatchObject({
      name: "Acme",
      inviteDomains: ["example.com"],
      tier: "enterprise",
    });
  });

  it("calls fail with permission_denied for an organization other than the token's, and with not_found for an unknown one", async () => {
    const id = addAcme(world);
    const labs = world.server.ona.addOrganization({
      name: "Labs",
      members: [{ email: "ada@example.com", role: "admin" }],
    });
    const { organizations, members, invites } = clientOf(world, "ada", id);
    const calls = (organizationId: string) => [
      organizations.get(organizationId),
      organizations.update(organizationId, { name: "Other" }),
      organizations.delete(organizationId),
      members.list(organizationId).first(),
      members.setRole(organizationId, unknownId, "admin"),
      invites.create(organizationId),
      invites.get(organizationId),
    ];
    for (const call of calls(labs.id)) expect(await codeOf(call)).toBe("permission_denied");
    for (const call of calls(unknownId)) expect(await codeOf(call)).toBe("not_found");
  });

  it("GetOrganization fails with permission_denied for an admin whose token is for no organization", async () => {
    const id = addAcme(world);
    const { organizations } = clientOf(world, "ada");
    expect(await codeOf(organizations.get(id))).toBe("permission_denied");
  });

  it("UpdateOrganization changes only the given fields, and updatedAt", async () => {
    const id = addAcme(world, { domain: "example.com" });
    world.server.clock.advance("1h");
    const acme = await clientOf(world, "ada", id).organizations.update(id, { name: "Acme Inc" });
    expect(acme).toMatchObject({
      name: "Acme Inc",
      inviteDomains: ["example.com"],
      createdAt: new Date("2026-01-01"),
      updatedAt: new Date("2026-01-01T01:00:00Z"),
    });
    expect(world.server.ona.organization("Acme Inc").id).toBe(id);
  });

  it("UpdateOrganization fails with invalid_argument for an empty name", async () => {
    const id = addAcme(world);
    const rpc = rpcOf(world, OrganizationService, "ada", id);
    const error = await connectErrorOf(rpc.updateOrganization({ organizationId: id, name: "" }));
    expect(error).toMatchObject({ code: Code.InvalidArgument, rawMessage: "name must not be empty" });
    expect(world.server.ona.organization(id).name).toBe("Acme");
  });

  it("UpdateOrganization with an empty `inviteDomains` removes all domains", async () => {
    const id = addAcme(world, { domain: "example.com" });
    const { inviteDomains, name } = await clientOf(world, "ada", id).organizations.update(id, {
      inviteDomains: [],
    });
    expect({ inviteDomains, name }).toEqual({ inviteDomains: [], name: "Acme" });
    expect(await clientOf(world, "hedy").accounts.listJoinableOrganizations().toArray()).toEqual([]);
  });

  it("UpdateOrganization and DeleteOrganization fail with permission_denied for a member", async () => {
    const id = addAcme(world);
    const { organizations } = clientOf(world, "grace", id);
    expect(await codeOf(organizations.update(id, { name: "Mine" }))).toBe("permission_denied");
    expect(await codeOf(organizations.delete(id))).toBe("permission_denied");
  });

  it("DeleteOrganization also deletes its members and their tokens, so a second call fails with unauthenticated, or with not_found for the token of another organization", async () => {
    const id = addAcme(world);
    world.server.ona.addOrganization({
      name: "Labs",
      members: [{ email: "ada@example.com", role: "admin" }],
    });
    const inLabs = clientOf(world, "ada", "Labs");
    const grace = clientOf(world, "grace", id);
    const ada = clientOf(world, "ada", id);
    await ada.organizations.delete(id);
    expect(await codeOf(grace.organizations.get(id))).toBe("unauthenticated");
    expect(await codeOf(ada.organizations.delete(id))).toBe("unauthenticated");
    expect(await codeOf(inLabs.organizations.delete(id))).toBe("not_found");
    expect((await clientOf(world, "grace").accounts.get()).memberships).toEqual([]);
  });

  it("DeleteOrganization also deletes its domains, usage and exports, and an account that it owned belongs to none", async () => {
    const id = addAcme(world);
    const { ona } = world.server;
    const { id: labs } = ona.addOrganization({ name: "Labs" });
    const accounts = [
      { email: "hedy@example.com", organizationId: id },
      { email: "alan@example.com", organizationId: labs },
    ];
    world.server.seed({ ona: { accounts } });
    const { organizations, domains, billing } = clientOf(world, "ada", id);
    await domains.create(id, { domain: "example.com" });
    ona.useCredits("Acme", { email: "grace@example.com", type: "agentic", credits: 2 });
    const day = new Date(world.server.clock.now());
    await billing.exportUsage(id, { from: day, to: day });
    await organizations.delete(id);
    expect((await clientOf(world, "hedy").accounts.get()).organizationId).toBeUndefined();
    expect((await clientOf(world, "alan").accounts.get()).organizationId).toBe(labs);
    expect(world.server.snapshot().apis["ona"]).toMatchObject({ domains: [], creditUsage: [], exports: [] });
  });

  it("JoinOrganization adds a person with an email of the organization's domain as a member", async () => {
    const id = addAcme(world, { domain: "example.com" });
    world.server.clock.advance("1h");
    const hedy = clientOf(world, "hedy");
    expect(await hedy.organizations.join(id)).toMatchObject({
      email: "hedy@example.com",
      name: "Hedy",
      role: "member",
      status: "active",
      memberSince: new Date("2026-01-01T01:00:00Z"),
      loginProvider: "github",
    });
    expect(await hedy.accounts.listJoinableOrganizations().toArray()).toEqual([]);
  });

  it("JoinOrganization accepts the token for another organization", async () => {
    const id = addAcme(world, { domain: "example.com" });
    const hedy = { email: "hedy@example.com" };
    const labs = world.server.ona.addOrganization({ name: "Labs", members: [{ ...hedy, role: "admin" }] });
    await clientOf(world, "hedy", labs.id).organizations.join(id);
    const { memberships } = await clientOf(world, "hedy").accounts.get();
    expect(memberships.map(({ organizationId }) => organizationId).sort()).toEqual([id, labs.id].sort());
  });

  it("JoinOrganization fails with permission_denied for another email domain, and with not_found for an unknown organization", async () => {
    const id = addAcme(world, { domain: "example.org" });
    const { organizations } = clientOf(world, "hedy");
    expect(await codeOf(organizations.join(id))).toBe("permission_denied");
    expect(await codeOf(organizations.join(unknownId))).toBe("not_found");
  });

  it.each(["example.com", "example.org"])(
    "JoinOrganization by %s returns the existing member",
    async (domain) => {
      const id = addAcme(world, { domain });
      const { userId } = world.server.ona.member(id, "ada@example.com");
      world.server.clock.advance("1h");
      const again = await clientOf(world, "ada").organizations.join(id);
      expect(again).toMatchObject({ userId, role: "admin", memberSince: new Date("2026-01-01") });
    },
  );

  it("JoinOrganization after leaving returns the same user id, active again", async () => {
    const id = addAcme(world, { domain: "example.com" });
    const before = world.server.ona.member(id, "grace@example.com");
    const { organizations, members, accounts } = clientOf(world, "grace");
    await members.remove(id, before.userId);
    expect(await accounts.listJoinableOrganizations().toArray()).toHaveLength(1);
    world.server.clock.advance("1h");
    expect(await organizations.join(id)).toMatchObject({
      userId: before.userId,
      status: "active",
      memberSince: new Date("2026-01-01T01:00:00Z"),
    });
    const { createdAt } = await clientOf(world, "ada", id).users.get(before.userId);
    expect(createdAt).toEqual(new Date("2026-01-01"));
  });

  it("JoinOrganization fails with invalid_argument without an organization or an invite", async () => {
    const { token } = world.server.ona.signIn({ email: "ada@example.com" });
    const rpc = world.client(OrganizationService, token);
    expect((await connectErrorOf(rpc.joinOrganization({}))).code).toBe(Code.InvalidArgument);
  });
});
