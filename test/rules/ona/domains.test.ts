import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, unknownId } from "./people.js";

// CreateDomainVerification, GetDomainVerification, ListDomainVerifications, VerifyDomain, DeleteDomainVerification.

describe("Ona's domains", () => {
  const world = openWorld({ strict: true });

  it("a new domain is pending until VerifyDomain finds the verification token in its DNS", async () => {
    const id = addAcme(world);
    const { domains } = clientOf(world, "ada", id);
    const made = await domains.create(id, { domain: "Example.com" });
    expect(made).toEqual({
      id: expect.any(String),
      organizationId: id,
      domain: "example.com",
      state: "pending",
      verificationToken: expect.stringMatching(/^ona-verification-/),
      createdAt: new Date("2026-01-01"),
    });
    expect(await domains.verify(made.id)).toEqual(made);
    const other = await domains.create(id, { domain: "example.org" });
    world.server.ona.addDnsRecord("Example.com");
    expect(await domains.verify(other.id)).toEqual(other);
    expect((await domains.get(made.id)).state).toBe("pending");
    world.server.clock.advance("1h");
    const verified = await domains.verify(made.id);
    expect(verified).toEqual({ ...made, state: "verified", verifiedAt: new Date("2026-01-01T01:00:00Z") });
    world.server.clock.advance("1h");
    expect(await domains.verify(made.id)).toEqual(verified);
    expect(await domains.get(made.id)).toEqual(verified);
  });

  it("UpdateOrganization accepts an invite domain only after the domain is verified", async () => {
    const id = addAcme(world, { domains: [{ domain: "example.org" }] });
    const { domains, organizations } = clientOf(world, "ada", id);
    const domain = await domains.create(id, { domain: "example.com" });
    const open = () => organizations.update(id, { inviteDomains: ["Example.com"] });
    expect(await codeOf(open())).toBe("failed_precondition");
    world.server.ona.addDnsRecord(domain.id);
    expect(await codeOf(open())).toBe("failed_precondition");
    await domains.verify(domain.id);
    expect((await open()).inviteDomains).toEqual(["example.com"]);
    const twice = { inviteDomains: ["example.com", "EXAMPLE.com"] };
    expect((await organizations.update(id, twice)).inviteDomains).toEqual(["example.com"]);
    expect(await clientOf(world, "hedy").organizations.join(id)).toMatchObject({ name: "Hedy" });
  });

  it("UpdateOrganization fails for an invite domain that only another organization has verified", async () => {
    const id = addAcme(world);
    world.server.ona.addOrganization({ name: "Labs", domains: [{ domain: "example.com" }] });
    const { organizations } = clientOf(world, "ada", id);
    const change = organizations.update(id, { inviteDomains: ["example.com"] });
    expect(await codeOf(change)).toBe("failed_precondition");
  });

  it("DeleteDomainVerification of a verified domain removes it from the invite domains, and JoinOrganization then fails", async () => {
    const id = addAcme(world, { domain: "example.com", domains: [{ domain: "example.com" }] });
    const { domains, organizations } = clientOf(world, "ada", id);
    const [domain] = await domains.list(id).toArray();
    await domains.delete(domain?.id ?? "");
    expect(await codeOf(domains.delete(domain?.id ?? ""))).toBe("not_found");
    expect((await organizations.get(id)).inviteDomains).toEqual([]);
    expect(await codeOf(clientOf(world, "hedy").organizations.join(id))).toBe("permission_denied");
  });

  it("DeleteDomainVerification keeps the invite domain while another verification of the domain is verified", async () => {
    const names = ["example.com", "Example.COM"];
    const id = addAcme(world, { domain: "example.com", domains: names.map((domain) => ({ domain })) });
    const { domains, organizations } = clientOf(world, "ada", id);
    const [first, second] = await domains.list(id).toArray();
    expect([first?.domain, second?.domain]).toEqual(["example.com", "example.com"]);
    await domains.delete(first?.id ?? "");
    expect((await organizations.get(id)).inviteDomains).toEqual(["example.com"]);
    expect(await codeOf(domains.delete(first?.id ?? ""))).toBe("not_found");
    expect((await organizations.get(id)).inviteDomains).toEqual(["example.com"]);
    world.server.clock.advance("1h");
    await domains.delete(second?.id ?? "");
    const { inviteDomains, updatedAt } = await organizations.get(id);
    expect([inviteDomains, updatedAt]).toEqual([[], new Date("2026-01-01T01:00:00Z")]);
  });

  it("DeleteDomainVerification of a domain that people cannot join with does not change the organization", async () => {
    const id = addAcme(world, { domain: "example.org", domains: [{ domain: "example.com" }] });
    const { domains, organizations } = clientOf(world, "ada", id);
    const before = await organizations.get(id);
    world.server.clock.advance("1h");
    for await (const domain of domains.list(id)) await domains.delete(domain.id);
    expect(await organizations.get(id)).toEqual(before);
  });

  it("DeleteDomainVerification of a pending domain keeps it in the invite domains", async () => {
    const id = addAcme(world, {
      domain: "example.com",
      domains: [{ domain: "example.com", verified: false }],
    });
    const { domains, organizations } = clientOf(world, "ada", id);
    for await (const domain of domains.list(id)) await domains.delete(domain.id);
    expect((await organizations.get(id)).inviteDomains).toEqual(["example.com"]);
  });

  it("ListDomainVerifications returns the oldest first, in pages", async () => {
    const names = ["a.example.com", "b.example.com", "c.example.com"];
    const id = addAcme(world, { domains: names.map((domain) => ({ domain })) });
    const { domains } = clientOf(world, "grace", id);
    const all = await domains.list(id, { pageSize: 2 }).toArray();
    expect(all.map(({ domain, state }) => [domain, state])).toEqual(names.map((name) => [name, "verified"]));
    world.server.calls.expect("ListDomainVerifications").toHaveBeenCalledTimes(2);
  });

  it("members may read domains, and only admins may change them", async () => {
    const id = addAcme(world, { domains: [{ domain: "example.com", id: unknownId, verified: false }] });
    const { domains } = clientOf(world, "grace", id);
    expect(await domains.get(unknownId)).toMatchObject({ domain: "example.com", state: "pending" });
    expect(await codeOf(domains.create(id, { domain: "example.org" }))).toBe("permission_denied");
    expect(await codeOf(domains.verify(unknownId))).toBe("permission_denied");
    expect(await codeOf(domains.delete(unknownId))).toBe("permission_denied");
  });

  it("calls fail with not_found for an unknown domain or another organization's domain", async () => {
    const id = addAcme(world);
    const other = "22222222-2222-4333-8444-555555555555";
    const labs = { name: "Labs", domains: [{ domain: "example.org", id: other }] };
    const { id: labsId } = world.server.ona.addOrganization(labs);
    const { domains } = clientOf(world, "ada", id);
    for (const domain of [other, unknownId]) {
      expect(await codeOf(domains.get(domain))).toBe("not_found");
      expect(await codeOf(domains.verify(domain))).toBe("not_found");
      expect(await codeOf(domains.delete(domain))).toBe("not_found");
    }
    expect(await codeOf(domains.list(labsId).first())).toBe("permission_denied");
    expect(await codeOf(domains.create(unknownId, { domain: "example.com" }))).toBe("not_found");
  });

  it("CreateDomainVerification fails for a domain of less than four characters", async () => {
    const id = addAcme(world);
    const { domains } = clientOf(world, "ada", id);
    expect(await codeOf(domains.create(id, { domain: "a.b" }))).toBe("invalid_argument");
  });

  it("server.ona.addDnsRecord() throws if no verification exists for the domain", () => {
    const add = () => world.server.ona.addDnsRecord("example.com");
    expect(add).toThrow('there is no domain verification "example.com" on this server');
  });
});
