import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { InvitationStatus } from "tenantry/proto/fam";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { callWith, createAccount, invite, join, type Person, person, ulid, unknownId } from "./people.js";

const day = 24 * 3_600_000;
const password = "correct horse";

// FAM's invitations: inviting, accepting and revoking.

describe("FAM's invitations", () => {
  const world = openWorld({ strict: true });

  async function statuses(ada: Person, accountId: string): Promise<InvitationStatus[]> {
    const { invitations } = await ada.rpc.members.listInvitations({ accountId });
    return invitations.map(({ status }) => status);
  }

  it("InviteMember returns a pending invitation that expires after 7 days", async () => {
    const { ada, accountId } = await createAccount(world);
    const { invitation } = await invite(world, ada, accountId, {
      name: "grace",
      relations: ["admin", "buyer"],
    });
    expect(invitation).toMatchObject({
      accountId,
      email: "grace@example.com",
      relations: ["admin", "buyer"],
      status: InvitationStatus.PENDING,
      inviterUserId: ada.userId,
    });
    expect(invitation.id).toMatch(ulid);
    const now = world.server.clock.now();
    expect(invitation.createdAt && timestampMs(invitation.createdAt)).toBe(now);
    expect(invitation.expiresAt && timestampMs(invitation.expiresAt)).toBe(now + 7 * day);
    expect((await ada.rpc.members.listInvitations({ accountId })).invitations).toEqual([invitation]);
  });

  it("InviteMember succeeds for owners and admins, and fails with permission_denied for members", async () => {
    const { ada, accountId } = await createAccount(world);
    const admin = await join(world, ada, accountId, { name: "grace", relations: ["admin"] });
    await invite(world, admin, accountId, { name: "eve" });
    const member = await join(world, ada, accountId, { name: "barbara", relations: ["member"] });
    const error = await connectErrorOf(invite(world, member, accountId, { name: "eve" }));
    expect(error.code).toBe(Code.PermissionDenied);
  });

  it("InviteMember fails for the email of a member and without an email", async () => {
    const { ada, accountId } = await createAccount(world);
    await join(world, ada, accountId, { name: "grace" });
    for (const email of ["grace@example.com", "Grace@Example.com"]) {
      const error = await connectErrorOf(
        ada.rpc.members.inviteMember({ accountId, email, relations: ["admin"] }),
      );
      expect(error.code).toBe(Code.AlreadyExists);
    }
    for (const email of ["", "  "]) {
      const request = { accountId, email, relations: ["admin"] };
      expect((await connectErrorOf(ada.rpc.members.inviteMember(request))).code).toBe(Code.InvalidArgument);
    }
  });

  it("AcceptInvitation needs no bearer token, adds the member, and returns an access and a refresh token", async () => {
    const { ada, accountId } = await createAccount(world);
    const { invitationToken } = await invite(world, ada, accountId, {
      name: "grace",
      relations: ["admin"],
    });
    const tokens = await callWith(world).members.acceptInvitation({ invitationToken, password });
    const grace = callWith(world, tokens.accessToken);
    const { userId, accounts } = await grace.accounts.listMyPermissions({});
    expect(accounts).toMatchObject([{ accountId }]);
    const { members } = await grace.members.listMembers({ accountId });
    expect(members[1]).toMatchObject({ userId, relations: ["admin"] });
    expect(await statuses(ada, accountId)).toEqual([InvitationStatus.ACCEPTED]);

    world.server.clock.advance("1h");
    expect((await connectErrorOf(grace.accounts.listMyPermissions({}))).rawMessage).toBe("token is expired");
    const { accessToken } = world.server.fam.refresh(tokens.refreshToken);
    await callWith(world, accessToken).accounts.listMyPermissions({});
  });

  it("AcceptInvitation needs a password of at least 8 characters for a new user, and none for an existing user", async () => {
    const { ada, accountId } = await createAccount(world);
    const { invitationToken } = await invite(world, ada, accountId, { name: "grace" });
    // Four of the faces have the length 8 in JavaScript.
    for (const weak of ["", "1234567", "😀😀😀😀", "😀😀😀😀😀😀😀"]) {
      const call = callWith(world).members.acceptInvitation({ invitationToken, password: weak });
      expect((await connectErrorOf(call)).code).toBe(Code.InvalidArgument);
    }
    await callWith(world).members.acceptInvitation({ invitationToken, password: "12345678" });
    person(world, "barbara");
    await callWith(world).members.acceptInvitation(await invite(world, ada, accountId, { name: "barbara" }));
  });

  it("AcceptInvitation fails with invalid_argument for an unknown invitation token", async () => {
    const call = callWith(world).members.acceptInvitation({ invitationToken: "no-such-token", password });
    expect((await connectErrorOf(call)).code).toBe(Code.InvalidArgument);
  });

  it("AcceptInvitation fails for an invitation that was revoked, has expired or was accepted", async () => {
    const { ada, accountId } = await createAccount(world);
    const accept = async (invitationToken: string) => {
      const call = callWith(world).members.acceptInvitation({ invitationToken, password });
      const { code, rawMessage } = await connectErrorOf(call);
      expect(code).toBe(Code.FailedPrecondition);
      return rawMessage;
    };
    const revoked = await invite(world, ada, accountId, { name: "grace" });
    await ada.rpc.members.revokeInvitation({ accountId, invitationId: revoked.invitation.id });
    expect(await accept(revoked.invitationToken)).toContain("was revoked");

    const accepted = await invite(world, ada, accountId, { name: "barbara" });
    await callWith(world).members.acceptInvitation({ ...accepted, password });
    expect(await accept(accepted.invitationToken)).toContain("was accepted");

    const late = await invite(world, ada, accountId, { name: "eve" });
    world.server.clock.advance(7 * day - 1);
    expect((await statuses(ada, accountId)).at(-1)).toBe(InvitationStatus.PENDING);
    world.server.clock.advance(1);
    expect((await statuses(ada, accountId)).at(-1)).toBe(InvitationStatus.EXPIRED);
    expect(await accept(late.invitationToken)).toContain("has expired");
  });

  it("an invitation that was accepted or revoked keeps its status after its 7 days", async () => {
    const { ada, accountId } = await createAccount(world);
    await join(world, ada, accountId, { name: "grace" });
    const { invitation } = await invite(world, ada, accountId, { name: "eve" });
    await ada.rpc.members.revokeInvitation({ accountId, invitationId: invitation.id });
    world.server.clock.advance("8d");
    const { ACCEPTED, REVOKED } = InvitationStatus;
    expect(await statuses(ada, accountId)).toEqual([ACCEPTED, REVOKED]);
  });

  it("a person who accepts two invitations gets the relations of both", async () => {
    const { ada, accountId } = await createAccount(world);
    const first = await invite(world, ada, accountId, { name: "grace", relations: ["member"] });
    const second = await invite(world, ada, accountId, { name: "grace", relations: ["admin"] });
    await callWith(world).members.acceptInvitation({ ...first, password });
    await callWith(world).members.acceptInvitation(second);
    const { members } = await ada.rpc.members.listMembers({ accountId });
    expect(members.map(({ relations }) => relations)).toEqual([["owner"], ["member", "admin"]]);
  });

  it("a person who accepts an invitation has each of its relations once", async () => {
    const { ada, accountId } = await createAccount(world);
    await join(world, ada, accountId, { name: "grace", relations: ["buyer", "admin", "buyer"] });
    const { members } = await ada.rpc.members.listMembers({ accountId });
    expect(members[1]?.relations).toEqual(["buyer", "admin"]);
  });

  it("RevokeInvitation sets the status to revoked, and a second call succeeds", async () => {
    const { ada, accountId } = await createAccount(world);
    const { invitation } = await invite(world, ada, accountId, { name: "grace" });
    await ada.rpc.members.revokeInvitation({ accountId, invitationId: invitation.id });
    await ada.rpc.members.revokeInvitation({ accountId, invitationId: invitation.id });
    expect(await statuses(ada, accountId)).toEqual([InvitationStatus.REVOKED]);
  });

  it("RevokeInvitation fails for an accepted invitation, an unknown one, and one of another account", async () => {
    const { ada, accountId } = await createAccount(world);
    const { invitation, invitationToken } = await invite(world, ada, accountId, { name: "grace" });
    const other = await ada.rpc.accounts.createAccount({ name: "Other" });
    for (const [id, invitationId] of [
      [accountId, unknownId],
      [other.id, invitation.id],
    ] as const) {
      const error = await connectErrorOf(ada.rpc.members.revokeInvitation({ accountId: id, invitationId }));
      expect(error.code).toBe(Code.NotFound);
    }
    await callWith(world).members.acceptInvitation({ invitationToken, password });
    const error = await connectErrorOf(
      ada.rpc.members.revokeInvitation({ accountId, invitationId: invitation.id }),
    );
    expect(error.code).toBe(Code.FailedPrecondition);
  });

  it("RevokeInvitation fails with permission_denied for a member", async () => {
    const { ada, accountId } = await createAccount(world);
    const { invitation } = await invite(world, ada, accountId, { name: "eve" });
    const member = await join(world, ada, accountId, { name: "barbara" });
    const call = member.rpc.members.revokeInvitation({ accountId, invitationId: invitation.id });
    expect((await connectErrorOf(call)).code).toBe(Code.PermissionDenied);
  });
});
