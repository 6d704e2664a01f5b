import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import {
  type AccountInvite,
  AccountRole,
  ResourcePermission_Action,
  ResourcePermission_Type,
} from "tenantry/proto/vydon";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, join, type Person, person, unknownId } from "./teams.js";

const hour = 3_600_000;

// Inviting, listing and removing invites, and accepting them.

describe("Vydon's invites", () => {
  const world = openWorld();

  async function invite(
    admin: Person,
    accountId: string,
    email: string,
    role?: AccountRole,
  ): Promise<AccountInvite> {
    const request = role === undefined ? { accountId, email } : { accountId, email, role };
    const { invite } = await admin.rpc.inviteUserToTeamAccount(request);
    if (invite === undefined) throw new Error("the response has no invite");
    return invite;
  }

  async function inviteIds(admin: Person, accountId: string): Promise<string[]> {
    return (await admin.rpc.getTeamAccountInvites({ accountId })).invites.map(({ id }) => id);
  }

  it("InviteUserToTeamAccount returns an invite that expires after 24 hours", async () => {
    const { ada, accountId } = await createTeam(world);
    const sent = await invite(ada, accountId, "grace@example.com", AccountRole.JOB_DEVELOPER);
    expect(sent).toMatchObject({
      accountId,
      senderUserId: ada.userId,
      email: "grace@example.com",
      accepted: false,
      role: AccountRole.JOB_DEVELOPER,
    });
    expect(sent.token).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const now = world.server.clock.now();
    // With microseconds, as the real server's database keeps them.
    expect((sent.createdAt?.nanos ?? 0) % 1_000_000).not.toBe(0);
    expect(sent.createdAt && timestampMs(sent.createdAt)).toBe(now);
    expect(sent.updatedAt && timestampMs(sent.updatedAt)).toBe(now);
    expect(sent.expiresAt && timestampMs(sent.expiresAt)).toBe(now + 24 * hour);
    expect(await inviteIds(ada, accountId)).toEqual([sent.id]);
  });

  it("InviteUserToTeamAccount ends an earlier invite for the same email and account", async () => {
    const { ada, accountId } = await createTeam(world);
    const labs = await ada.rpc.createTeamAccount({ name: "labs" });
    const elsewhere = await invite(ada, labs.accountId, "grace@example.com");
    const first = await invite(ada, accountId, "grace@example.com");
    const other = await invite(ada, accountId, "barbara@example.com");
    const second = await invite(ada, accountId, "grace@example.com");
    expect(await inviteIds(ada, accountId)).toEqual([other.id, second.id]);
    expect(await inviteIds(ada, labs.accountId)).toEqual([elsewhere.id]);
    const grace = person(world, "grace");
    const error = await connectErrorOf(grace.rpc.acceptTeamAccountInvite({ token: first.token }));
    expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "account invitation expired" });
  });

  it("InviteUserToTeamAccount and GetTeamAccountInvites fail for a personal account", async () => {
    const ada = person(world, "ada");
    const { accountId } = await ada.rpc.setPersonalAccount({});
    for (const refused of [
      ada.rpc.inviteUserToTeamAccount({ accountId, email: "grace@example.com" }),
      ada.rpc.getTeamAccountInvites({ accountId }),
    ].map(connectErrorOf)) {
      const error = await refused;
      expect(error).toMatchObject({
        code: Code.PermissionDenied,
        rawMessage: "account is not a team account",
      });
    }
  });

  it("GetTeamAccountInvites returns neither accepted nor expired invites", async () => {
    const { ada, accountId } = await createTeam(world);
    await join(world, { admin: ada, accountId, name: "grace", role: AccountRole.JOB_VIEWER });
    const sent = await invite(ada, accountId, "barbara@example.com");
    expect(await inviteIds(ada, accountId)).toEqual([sent.id]);
    world.server.clock.advance(24 * hour - 1);
    expect(await inviteIds(ada, accountId)).toEqual([sent.id]);
    world.server.clock.advance(1);
    expect(await inviteIds(ada, accountId)).toEqual([]);
  });

  it("RemoveTeamAccountInvite removes the invite, and succeeds for an unknown id", async () => {
    const { ada, accountId } = await createTeam(world);
    const sent = await invite(ada, accountId, "grace@example.com");
    await ada.rpc.removeTeamAccountInvite({ id: sent.id });
    expect(await inviteIds(ada, accountId)).toEqual([]);
    await ada.rpc.removeTeamAccountInvite({ id: sent.id });
    await person(world, "eve").rpc.removeTeamAccountInvite({ id: unknownId });
  });

  it("RemoveTeamAccountInvite fails for callers who may not edit the account", async () => {
    const { ada, accountId } = await createTeam(world);
    const sent = await invite(ada, accountId, "grace@example.com");
    const viewer = await join(world, {
      admin: ada,
      accountId,
      name: "barbara",
      role: AccountRole.JOB_VIEWER,
    });
    const forbidden = await connectErrorOf(viewer.rpc.removeTeamAccountInvite({ id: sent.id }));
    expect(forbidden.rawMessage).toBe("user does not have permission to edit account");
    const outside = await connectErrorOf(person(world, "eve").rpc.removeTeamAccountInvite({ id: sent.id }));
    expect(outside.rawMessage).toBe("user is not in account");
    const labs = await ada.rpc.createTeamAccount({ name: "labs" });
    const key = world.vydon(world.server.vydon.apiKey(labs.accountId));
    expect((await connectErrorOf(key.removeTeamAccountInvite({ id: sent.id }))).rawMessage).toBe(
      "api key is not valid for account",
    );
    expect(await inviteIds(ada, accountId)).toEqual([sent.id]);
  });

  it("AcceptTeamAccountInvite adds the caller with the invite's role, and returns the account", async () => {
    const { ada, accountId } = await createTeam(world);
    const sent = await invite(ada, accountId, "grace@example.com", AccountRole.JOB_EXECUTOR);
    const grace = person(world, "grace");
    const { account } = await grace.rpc.acceptTeamAccountInvite({ token: sent.token });
    expect(account).toMatchObject({ id: accountId, name: "acme" });
    const { users } = await ada.rpc.getTeamAccountMembers({ accountId });
    expect(users[1]).toMatchObject({ id: grace.userId, role: AccountRole.JOB_EXECUTOR });
  });

  it.each([undefined, AccountRole.UNSPECIFIED])(
    "AcceptTeamAccountInvite of an invite with role %s makes the caller a viewer",
    async (role) => {
      const { ada, accountId } = await createTeam(world);
      const sent = await invite(ada, accountId, "grace@example.com", role);
      expect(sent.role).toBe(AccountRole.UNSPECIFIED);
      await person(world, "grace").rpc.acceptTeamAccountInvite({ token: sent.token });
      const { users } = await ada.rpc.getTeamAccountMembers({ accountId });
      expect(users[1]?.role).toBe(AccountRole.JOB_VIEWER);
    },
  );

  it("AcceptTeamAccountInvite fails with unauthenticated for an API key", async () => {
    const { ada, accountId } = await createTeam(world);
    const { token } = await invite(ada, accountId, "grace@example.com");
    const error = await connectErrorOf(
      world.vydon(world.server.vydon.apiKey(accountId)).acceptTeamAccountInvite({ token }),
    );
    expect(error).toMatchObject({
      code: Code.Unauthenticated,
      rawMessage: "must be a valid jwt user to accept team account invites",
    });
  });

  it("AcceptTeamAccountInvite fails with invalid_argument for an unknown invite token", async () => {
    const { rpc } = person(world, "grace");
    const error = await connectErrorOf(rpc.acceptTeamAccountInvite({ token: "no-such-token" }));
    expect(error.code).toBe(Code.InvalidArgument);
  });

  it("AcceptTeamAccountInvite fails for an invite to another person", async () => {
    const { ada, accountId } = await createTeam(world);
    const { token } = await invite(ada, accountId, "grace@example.com");
    const error = await connectErrorOf(person(world, "eve").rpc.acceptTeamAccountInvite({ token }));
    expect(error.code).toBe(Code.InvalidArgument);
  });

  it("AcceptTeamAccountInvite fails with permission_denied for an expired invite", async () => {
    const { ada, accountId } = await createTeam(world);
    const { token } = await invite(ada, accountId, "grace@example.com");
    world.server.clock.advance("24h");
    const error = await connectErrorOf(person(world, "grace").rpc.acceptTeamAccountInvite({ token }));
    expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "account invitation expired" });
  });

  it("AcceptTeamAccountInvite sets a member's role to the invite's, even for an accepted or expired invite", async () => {
    const { ada, accountId } = await createTeam(world);
    const first = await invite(ada, accountId, "grace@example.com", AccountRole.ADMIN);
    const grace = person(world, "grace");
    await grace.rpc.acceptTeamAccountInvite({ token: first.token });
    const { apis } = world.server.snapshot();
    world.server.clock.advance(1);
    await grace.rpc.acceptTeamAccountInvite({ token: first.token });
    expect(world.server.snapshot().apis).toEqual(apis);
    const second = await invite(ada, accountId, "grace@example.com", AccountRole.JOB_VIEWER);
    world.server.clock.advance("25h");
    await grace.rpc.acceptTeamAccountInvite({ token: second.token });
    const { users } = await ada.rpc.getTeamAccountMembers({ accountId });
    expect(users.map(({ role }) => role)).toEqual([AccountRole.ADMIN, AccountRole.JOB_VIEWER]);
    await grace.rpc.acceptTeamAccountInvite({ token: first.token });
    const again = await ada.rpc.getTeamAccountMembers({ accountId });
    expect(again.users[1]?.role).toBe(AccountRole.ADMIN);
  });

  it("AcceptTeamAccountInvite fails for an invite with an unknown role, but adds the caller without a role", async () => {
    const { ada, accountId } = await createTeam(world);
    const odd: number = 99;
    const sent = await invite(ada, accountId, "grace@example.com", odd);
    expect(sent.role).toBe(odd);
    const grace = person(world, "grace");
    expect(await connectErrorOf(grace.rpc.acceptTeamAccountInvite({ token: sent.token }))).toMatchObject({
      code: Code.Unknown,
      rawMessage: expect.stringMatching(/^unable to set account role for user.*casbin role name: 99$/),
    });
    expect((await grace.rpc.isUserInAccount({ accountId })).ok).toBe(true);
    const resource = {
      type: ResourcePermission_Type.ACCOUNT,
      action: ResourcePermission_Action.READ,
      id: accountId,
    };
    expect((await grace.rpc.hasPermission({ accountId, resource })).hasPermission).toBe(false);
    expect((await connectErrorOf(grace.rpc.getTeamAccountMembers({ accountId }))).rawMessage).toBe(
      "user does not have permission to view account",
    );
    const { users } = await ada.rpc.getTeamAccountMembers({ accountId });
    expect(users[1]?.role).toBe(AccountRole.UNSPECIFIED);
  });

  it("AcceptTeamAccountInvite fails for an accepted invite after the person was removed", async () => {
    const { ada, accountId } = await createTeam(world);
    const { token } = await invite(ada, accountId, "grace@example.com");
    const grace = person(world, "grace");
    await grace.rpc.acceptTeamAccountInvite({ token });
    await ada.rpc.removeTeamAccountMember({ accountId, userId: grace.userId });
    const error = await connectErrorOf(grace.rpc.acceptTeamAccountInvite({ token }));
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: "account invitation already accepted",
    });
  });
});
