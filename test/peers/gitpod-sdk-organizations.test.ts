import { APIError, BadRequestError, NotFoundError, PermissionDeniedError } from "@gitpod/sdk";
import { describe, expect, it } from "vitest";
import { openLenientOna } from "./lenient-ona.js";

/** Tests the vendor's SDK with the organizations of a lenient mock server. */
describe("@gitpod/sdk 0.6.0, organizations", () => {
  const ona = openLenientOna();

  /** Adds Acme, with Ada as its admin and `count` more members. Returns the SDK with Ada's token. */
  function acme(count = 1) {
    const people = Array.from({ length: count }, (_, index) => ({ email: `user-${index}@example.com` }));
    const { id: organizationId } = ona.server.ona.addOrganization({
      name: "Acme",
      members: [{ email: "ada@example.com", role: "admin" }, ...people],
    });
    return { organizationId, client: as("ada@example.com", organizationId) };
  }

  const as = (email: string, organization: string) =>
    ona.sdk(ona.server.ona.signIn({ email, organization }).token);

  it("organizations.create, retrieve, update and delete", async () => {
    const person = ona.sdk(ona.server.ona.signIn({ email: "ada@example.com" }).token);
    const { organization, member } = await person.organizations.create({
      name: "Acme",
      joinOrganization: true,
      inviteAccountsWithMatchingDomain: true,
    });
    expect(member).toMatchObject({ email: "ada@example.com", role: "ORGANIZATION_ROLE_ADMIN" });
    const { id: organizationId } = organization;
    const client = as("ada@example.com", organizationId);
    expect((await client.organizations.retrieve({ organizationId })).organization).toMatchObject({
      name: "Acme",
      tier: "ORGANIZATION_TIER_FREE_ONA",
      inviteDomains: { domains: ["example.com"] },
    });
    const changes = { organizationId, name: "Acme Inc", inviteDomains: { domains: [] } };
    expect((await client.organizations.update(changes)).organization.name).toBe("Acme Inc");
    await client.organizations.delete({ organizationId });
    expect(() => ona.server.ona.organization(organizationId)).toThrow("there is no organization");
  });

  it("organizations.listMembers iterates over 60 members in pages, with the page size in the query", async () => {
    const { client, organizationId } = acme(59);
    const found: string[] = [];
    for await (const { email } of client.organizations.listMembers({ organizationId, pageSize: 25 })) {
      found.push(email);
    }
    expect(new Set(found).size).toBe(60);
    ona.server.calls.expect("ona.ListMembers").toHaveBeenCalledTimes(3);
  });

  it("organizations.setRole and leave", async () => {
    const { client, organizationId } = acme();
    const { userId } = ona.server.ona.member("Acme", "user-0@example.com");
    await client.organizations.setRole({ organizationId, userId, role: "ORGANIZATION_ROLE_ADMIN" });
    expect(ona.server.ona.member("Acme", userId).role).toBe("admin");
    await client.organizations.leave({ userId });
    expect(ona.server.ona.member("Acme", userId).status).toBe("left");
  });

  it("organizations.invites.create, retrieve and getSummary, and organizations.join", async () => {
    const { client, organizationId } = acme();
    const { invite } = await client.organizations.invites.create({ organizationId });
    expect((await client.organizations.invites.retrieve({ organizationId })).invite).toEqual(invite);
    expect(await client.organizations.invites.getSummary(invite)).toEqual({
      organizationId,
      organizationName: "Acme",
      organizationMemberCount: 2,
    });
    const hedy = ona.sdk(ona.server.ona.signIn({ email: "hedy@example.com" }).token);
    const { member } = await hedy.organizations.join(invite);
    expect(member).toMatchObject({ fullName: "Hedy", status: "USER_STATUS_ACTIVE" });
  });

  it("organizations.domainVerifications.create, verify, list, delete and retrieve", async () => {
    const { client, organizationId } = acme();
    const { domainVerifications } = client.organizations;
    const made = await domainVerifications.create({ organizationId, domain: "example.com" });
    const domainVerificationId = made.domainVerification.id;
    ona.server.ona.addDnsRecord("example.com");
    const { domainVerification } = await domainVerifications.verify({ domainVerificationId });
    expect(domainVerification.state).toBe("DOMAIN_VERIFICATION_STATE_VERIFIED");
    for await (const { id } of domainVerifications.list({ organizationId, pageSize: 1 })) {
      await domainVerifications.delete({ domainVerificationId: id });
    }
    const missing = domainVerifications.retrieve({ domainVerificationId });
    await expect(missing).rejects.toBeInstanceOf(NotFoundError);
  });

  it("users, users.pats and identity, with and without an empty body", async () => {
    const { client, organizationId } = acme();
    const { user } = await client.users.getAuthenticatedUser({});
    expect(user).toMatchObject({ organizationId, email: "ada@example.com" });
    const bare: unknown = await Reflect.apply(client.users.getAuthenticatedUser, client.users, []);
    expect(bare).toEqual({ user });
    expect(await client.identity.getAuthenticatedIdentity({})).toEqual({
      subject: { id: user.id, principal: "PRINCIPAL_USER" },
      organizationId,
      organizationTier: "core",
    });
    // This version has no method that creates a token.
    await client.post("/gitpod.v1.UserService/CreatePersonalAccessToken", {
      body: { userId: user.id, description: "backup", validFor: "3600s" },
    });
    for await (const { id, expiresAt } of client.users.pats.list({ pageSize: 1 })) {
      expect(new Date(`${expiresAt}`)).toEqual(new Date("2026-01-01T01:00:00Z"));
      await client.users.pats.delete({ personalAccessTokenId: id ?? "" });
    }
    const { userId } = ona.server.ona.member("Acme", "user-0@example.com");
    await client.users.setSuspended({ userId, suspended: true });
    expect(ona.server.ona.member("Acme", userId).status).toBe("suspended");
  });

  it("the SDK throws its error classes for permission_denied, failed_precondition and invalid_argument", async () => {
    const { client, organizationId } = acme();
    const user = as("user-0@example.com", organizationId);
    const denied = user.organizations.update({ organizationId, name: "Mine" });
    await expect(denied).rejects.toBeInstanceOf(PermissionDeniedError);
    const { userId } = ona.server.ona.member("Acme", "ada@example.com");
    const last = client.organizations.leave({ userId });
    await expect(last).rejects.toBeInstanceOf(APIError);
    await expect(last).rejects.toMatchObject({ status: 400, code: "failed_precondition" });
    const short = client.organizations.create({ name: "Ac" });
    await expect(short).rejects.toBeInstanceOf(BadRequestError);
    await expect(short).rejects.toMatchObject({ code: "invalid_argument" });
  });
});
