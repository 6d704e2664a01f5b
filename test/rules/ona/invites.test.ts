import { OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, unknownId } from "./people.js";

// CreateOrganizationInvite, GetOrganizationInvite, GetOrganizationInviteSummary, JoinOrganization.

describe("Ona's invites", () => {
  const world = openWorld({ strict: true });

  it("several people can accept the same invite, and become members", async () => {
    const id = addAcme(world);
    const invite = await clientOf(world, "ada", id).invites.create(id);
    for (const name of ["hedy", "alan"]) {
      expect(await clientOf(world, name).invites.accept(invite.id)).toMatchObject({ role: "member" });
    }
    expect(await clientOf(world, "ada", id).members.list(id).toArray()).toHaveLength(5);
  });

  it("CreateOrganizationInvite ends the organization's previous invite", async () => {
    const id = addAcme(world);
    const { invites } = clientOf(world, "ada", id);
    const [first, second] = [await invites.create(id), await invites.create(id)];
    expect(second.id).not.toBe(first.id);
    const hedy = clientOf(world, "hedy");
    expect(await codeOf(hedy.invites.accept(first.id))).toBe("not_found");
    expect(await codeOf(hedy.invites.summary(first.id))).toBe("not_found");
    await hedy.invites.accept(second.id);
  });

  it("GetOrganizationInvite returns the current invite, and creates one if there is none", async () => {
    const id = addAcme(world);
    const { invites } = clientOf(world, "ada", id);
    const made = await invites.get(id);
    expect(await invites.get(id)).toEqual(made);
    const renewed = await invites.create(id);
    expect(await invites.get(id)).toEqual(renewed);
  });

  it("CreateOrganizationInvite and GetOrganizationInvite fail with permission_denied for a member", async () => {
    const id = addAcme(world);
    const { invites } = clientOf(world, "grace", id);
    expect(await codeOf(invites.create(id))).toBe("permission_denied");
    expect(await codeOf(invites.get(id))).toBe("permission_denied");
  });

  it("GetOrganizationInviteSummary returns the organization of an invite, and needs no token", async () => {
    const id = addAcme(world, { inviteId: unknownId });
    await clientOf(world, "ada", id).members.remove(
      id,
      world.server.ona.member(id, "grace@example.com").userId,
    );
    const anonymous = new OnaClient({ baseUrl: "https://ona.mock", fetch: world.server.fetch });
    expect(await anonymous.invites.summary(unknownId)).toEqual({
      organizationId: id,
      organizationName: "Acme",
      organizationMemberCount: 2,
    });
  });

  it("JoinOrganization and GetOrganizationInviteSummary fail with not_found for an unknown invite", async () => {
    addAcme(world);
    const { invites } = clientOf(world, "hedy");
    expect(await codeOf(invites.accept(unknownId))).toBe("not_found");
    expect(await codeOf(invites.summary(unknownId))).toBe("not_found");
  });
});
