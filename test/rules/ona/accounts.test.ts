import { timestampDate, timestampMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { OnaClient } from "tenantry";
import { OrganizationRole, OrganizationTier } from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { clientOf, codeOf, person, unknownId } from "./people.js";

// GetAccount, DeleteAccount, BlockAccount, UnblockAccount, ListJoinableOrganizations.

describe("Ona's accounts", () => {
  const world = openWorld({ strict: true });

  it("GetAccount returns the caller's account, with its memberships", async () => {
    const ada = person(world, "ada");
    const { ona } = world.server;
    const acme = ona.addOrganization({
      name: "Acme",
      tier: "enterprise",
      members: [{ email: "grace@example.com", role: "admin" }],
    });
    const { userId } = ona.join(acme.id, ada.accountId);
    const { account } = await ada.rpc.getAccount({});
    expect(account).toMatchObject({
      id: ada.accountId,
      name: "Ada",
      email: "ada@example.com",
      publicEmailProvider: false,
      joinables: [],
    });
    expect(account?.organizationId).toBeUndefined();
    expect(account?.createdAt && timestampDate(account.createdAt)).toEqual(new Date("2026-01-01"));
    expect(account?.memberships).toMatchObject([
      {
        userId,
        userRole: OrganizationRole.MEMBER,
        organizationId: acme.id,
        organizationName: "Acme",
        organizationMemberCount: 2,
        organizationTier: OrganizationTier.ENTERPRISE,
      },
    ]);
    expect(userId).not.toBe(ada.accountId);
  });

  it("GetAccount returns publicEmailProvider for gmail.com, and the organization that owns the account", async () => {
    const { id } = world.server.ona.addOrganization({ name: "Acme" });
    world.server.seed({ ona: { accounts: [{ email: "ada@gmail.com", organizationId: id }] } });
    const { account } = await person(world, "ada", "gmail.com").rpc.getAccount({});
    expect(account).toMatchObject({ publicEmailProvider: true, organizationId: id });
  });

  it("signing in again returns the same account, ignoring the email's case", async () => {
    expect(person(world, "ada").accountId).toBe(person(world, "ADA").accountId);
    expect(person(world, "ada").accountId).not.toBe(person(world, "grace").accountId);
  });

  it("DeleteAccount deletes the caller's account, and a second call and GetAccount fail with not_found", async () => {
    const ada = person(world, "ada");
    await ada.rpc.deleteAccount({ accountId: ada.accountId, reason: "moving on" });
    for (const call of [ada.rpc.deleteAccount({ accountId: ada.accountId }), ada.rpc.getAccount({})]) {
      expect(await connectErrorOf(call)).toMatchObject({
        code: Code.NotFound,
        rawMessage: "account not found",
      });
    }
    expect(person(world, "ada").accountId).not.toBe(ada.accountId);
  });

  it("all other calls with the token of a deleted account fail with unauthenticated", async () => {
    const ada = person(world, "ada");
    const grace = person(world, "grace");
    await ada.rpc.deleteAccount({ accountId: ada.accountId });
    const { identity, organizations } = new OnaClient(ada.session.connect());
    for (const call of [
      ada.rpc.listJoinableOrganizations({}),
      ada.rpc.blockAccount({ accountId: grace.accountId, reason: "spam" }),
      ada.rpc.unblockAccount({ accountId: grace.accountId }),
    ]) {
      expect(await connectErrorOf(call)).toMatchObject({
        code: Code.Unauthenticated,
        rawMessage: "the token's account no longer exists",
      });
    }
    expect(await codeOf(identity.current())).toBe("unauthenticated");
    expect(await codeOf(organizations.create({ name: "Acme" }))).toBe("unauthenticated");
    expect(world.server.ona.account(grace.accountId).blockedFor).toBeNull();
  });

  it("DeleteAccount fails with failed_precondition for a member of an organization, also for a suspended one", async () => {
    const ada = person(world, "ada");
    const { id } = world.server.ona.addOrganization({
      name: "Acme",
      members: [{ email: ada.email }, { email: "grace@example.com", role: "admin" }],
    });
    const error = await connectErrorOf(ada.rpc.deleteAccount({ accountId: ada.accountId }));
    expect(error).toMatchObject({
      code: Code.FailedPrecondition,
      rawMessage: "account is still a member of an organization",
    });
    await clientOf(world, "grace", id).users.suspend(world.server.ona.member(id, ada.email).userId);
    const suspended = await connectErrorOf(ada.rpc.deleteAccount({ accountId: ada.accountId }));
    expect(suspended.code).toBe(Code.FailedPrecondition);
    world.server.ona.leave(id, ada.accountId);
    await ada.rpc.deleteAccount({ accountId: ada.accountId });
  });

  it("DeleteAccount fails with permission_denied for another person's account, and with not_found for an unknown one", async () => {
    const ada = person(world, "ada");
    const grace = person(world, "grace");
    const other = await connectErrorOf(ada.rpc.deleteAccount({ accountId: grace.accountId }));
    expect(other.code).toBe(Code.PermissionDenied);
    expect((await connectErrorOf(ada.rpc.deleteAccount({ accountId: unknownId }))).code).toBe(Code.NotFound);
    await grace.rpc.getAccount({});
  });

  it("BlockAccount stops environments, cancels subscriptions, and denies access", async () => {
    const ada = person(world, "ada");
    const grace = person(world, "grace");
    world.server.ona.setUsage(grace.accountId, { environments: 3, subscriptions: 1 });
    const block = { accountId: grace.accountId, reason: "too many mails" };
    expect(await ada.rpc.blockAccount(block)).toMatchObject({
      environmentsStopped: 3,
      subscriptionsCancelled: 1,
    });
    expect(world.server.ona.account(grace.accountId).blockedFor).toBe("too many mails");
    expect((await connectErrorOf(grace.rpc.getAccount({}))).code).toBe(Code.PermissionDenied);
    // Nothing is left for a second call, not even after the access was restored.
    for (const prepare of [() => {}, () => ada.rpc.unblockAccount({ accountId: grace.accountId })]) {
      await prepare();
      expect(await ada.rpc.blockAccount(block)).toMatchObject({
        environmentsStopped: 0,
        subscriptionsCancelled: 0,
      });
    }
  });

  it("UnblockAccount restores access, and changes nothing if the account is not blocked", async () => {
    const ada = person(world, "ada");
    const grace = person(world, "grace");
    await ada.rpc.blockAccount({ accountId: grace.accountId, reason: "too many mails" });
    world.server.clock.advance("1h");
    await ada.rpc.unblockAccount({ accountId: grace.accountId });
    const unblockedAt = world.server.clock.now();
    world.server.clock.advance("1h");
    await ada.rpc.unblockAccount({ accountId: grace.accountId });
    const { account } = await grace.rpc.getAccount({});
    expect(account?.updatedAt && timestampMs(account.updatedAt)).toBe(unblockedAt);
    await ada.rpc.blockAccount({ accountId: grace.accountId, reason: "spam" });
    expect(world.server.ona.account(grace.accountId).updatedAt).toBe(world.server.clock.now());
  });

  it("BlockAccount of a blocked account changes nothing, not even the reason", async () => {
    const ada = person(world, "ada");
    const { accountId } = person(world, "grace");
    await ada.rpc.blockAccount({ accountId, reason: "too many mails" });
    const blocked = world.server.ona.account(accountId);
    world.server.clock.advance("1h");
    await ada.rpc.blockAccount({ accountId, reason: "spam" });
    expect(world.server.ona.account(accountId)).toEqual(blocked);
  });

  it("BlockAccount and UnblockAccount fail with not_found for an unknown account", async () => {
    const { rpc } = person(world, "ada");
    const block = await connectErrorOf(rpc.blockAccount({ accountId: unknownId, reason: "spam" }));
    expect(block.code).toBe(Code.NotFound);
    expect((await connectErrorOf(rpc.unblockAccount({ accountId: unknownId }))).code).toBe(Code.NotFound);
  });

  it("ListJoinableOrganizations returns the organizations for the caller's email domain that they have not joined", async () => {
    const ada = person(world, "ada");
    const { ona } = world.server;
    const grace = { email: "grace@example.com" };
    const acme = ona.addOrganization({ name: "Acme", domain: "Example.com", members: [grace] });
    const labs = ona.addOrganization({ name: "Labs", domain: "example.com" });
    ona.addOrganization({ name: "Elsewhere", domain: "example.org" });
    ona.addOrganization({ name: "Closed" });
    ona.join(labs.id, ada.accountId);
    const { joinableOrganizations, pagination } = await ada.rpc.listJoinableOrganizations({});
    expect(joinableOrganizations).toMatchObject([
      { organizationId: acme.id, organizationName: "Acme", organizationMemberCount: 1 },
    ]);
    expect(pagination?.nextToken).toBe("");
  });
});
