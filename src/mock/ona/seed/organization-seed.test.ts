import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import type { OnaOrganizationSeed } from "./seed.js";

const id = "00000000-0000-4000-8000-000000000001";
const other = "00000000-0000-4000-8000-000000000002";

const acme: OnaOrganizationSeed = {
  name: "Acme",
  id,
  inviteId: id,
  members: [
    { email: "ada@example.com", role: "admin", userId: id, tokens: [{ id, token: "ada" }] },
    { email: "barbara@example.com", status: "left" },
  ],
  domains: [{ domain: "example.com", id }],
};

describe("the seed of an organization", () => {
  it.each<[string, OnaOrganizationSeed]>([
    [`there is an organization ${id} already`, { name: "Labs", id }],
    [`there is an invite ${id} already`, { name: "Labs", inviteId: id }],
    [
      `seed.ona.organizations[0].members[0]: there is a user ${id} already`,
      { name: "Labs", members: [{ email: "hedy@example.com", userId: id }] },
    ],
    [
      `seed.ona.organizations[0].members[0].tokens[1]: there is a token with the id ${other} already`,
      { name: "Labs", members: [{ email: "hedy@example.com", tokens: [{ id: other }, { id: other }] }] },
    ],
    [
      "seed.ona.organizations[0].members[0].tokens[0]: token ada is taken",
      { name: "Labs", members: [{ email: "hedy@example.com", tokens: [{ token: "ada" }] }] },
    ],
    [
      "seed.ona.organizations[0].members[0]: hedy@example.com has left, so they cannot have tokens",
      { name: "Labs", members: [{ email: "hedy@example.com", status: "left", tokens: [{}] }] },
    ],
    [
      `seed.ona.organizations[0].domains[0]: there is a domain verification ${id} already`,
      { name: "Labs", domains: [{ domain: "example.com", id }] },
    ],
    [
      'seed.ona.organizations[0].creditUsage[0]: the organization "Labs" has no member "ada@example.com"',
      { name: "Labs", creditUsage: [{ email: "ada@example.com", credits: 1 }] },
    ],
  ])("is refused with %s, and changes nothing", (message, organization) => {
    const server = createMockServer();
    server.seed({ ona: { organizations: [acme] } });
    const before = server.snapshot();
    expect(() => server.seed({ ona: { organizations: [organization] } })).toThrow(message);
    expect(server.snapshot()).toEqual(before);
  });
});

describe("Ona's controls of organizations", () => {
  it("throw for wrong arguments", () => {
    const { ona } = createMockServer();
    ona.addOrganization(acme);
    const email = "hedy@example.com";
    expect(() => ona.signIn({ email, organization: "Acmee" })).toThrow('there is no organization "Acmee"');
    expect(() => ona.signIn({ email, organization: "Acme" })).toThrow(
      'hedy@example.com is not a member of "Acme"',
    );
    expect(() => ona.signIn({ email: "barbara@example.com", organization: "Acme" })).toThrow(
      "is not a member",
    );
    expect(() => ona.exchangeToken({ email, organization: "Acme" })).toThrow("is not a member");
    expect(() => ona.account(email)).toThrow('there is no account "hedy@example.com"');
    expect(() => ona.member("Acme", email)).toThrow(
      'the organization "Acme" has no member "hedy@example.com"',
    );
    expect(() => ona.setCreditBudget("Acme", email, 1)).toThrow("has no member");
    expect(() => ona.setCreditBudget("Acme", id, -1)).toThrow(
      "credits is -1: give a whole number, 0 or more",
    );
    expect(() => ona.useCredits("Acme", { email, credits: 1 })).toThrow("has no member");
    expect(() => ona.useCredits("Acme", { email: "ada@example.com", credits: Number.NaN })).toThrow(
      "usage.credits",
    );
  });

  it("need the id of an organization if two have the same name", () => {
    const { ona } = createMockServer();
    for (const each of [id, other]) ona.addOrganization({ name: "Acme", id: each });
    expect(() => ona.organization("Acme")).toThrow('2 organizations are named "Acme": give an id');
    expect(ona.organization(other).id).toBe(other);
  });

  it("find an organization by its name in join and leave", () => {
    const { ona } = createMockServer();
    const { id: organizationId } = ona.addOrganization({ name: "Labs" });
    const { accountId } = ona.signIn({ email: "hedy@example.com" });
    expect(ona.join("Labs", "hedy@example.com")).toMatchObject({ organizationId, accountId });
    ona.leave("Labs", "hedy@example.com");
    expect(ona.member("Labs", "hedy@example.com").status).toBe("left");
  });

  it("keep the user id of an account that joins again", () => {
    const { ona } = createMockServer();
    ona.addOrganization(acme);
    const { userId, accountId } = ona.member("Acme", "barbara@example.com");
    expect(ona.join(id, accountId, { role: "admin" })).toMatchObject({
      userId,
      role: "admin",
      status: "active",
    });
    ona.leave(id, accountId);
    expect(ona.member("Acme", userId).status).toBe("left");
  });
});
