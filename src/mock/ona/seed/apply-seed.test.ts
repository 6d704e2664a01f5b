import { createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { AccountService } from "../../../../gen/gitpod/v1/account_pb.js";
import type { MockSeed } from "../../apis.js";
import type { MockServer } from "../../mock-server.js";
import { createMockServer } from "../../server.js";

const ada = "00000000-0000-4000-8000-000000000001";
const acme = "00000000-0000-4000-8000-000000000002";

const seed: MockSeed = {
  ona: {
    accounts: [
      {
        email: "ada@example.com",
        name: "Ada Lovelace",
        id: ada,
        avatarUrl: "https://example.com/ada.png",
        createdAt: "2025-06-01T00:00:00Z",
        organizationId: acme,
        token: "ada",
      },
      { email: "mallory@example.com", blocked: true, token: "mallory" },
    ],
    organizations: [
      {
        name: "Acme",
        id: acme,
        domain: "example.com",
        tier: "enterprise",
        members: [{ email: "ada@example.com", role: "admin" }, { email: "grace@example.com" }],
      },
      { name: "Labs", domain: "example.com" },
    ],
    sso: [{ domain: "example.com", displayName: "Okta", loginUrl: "https://okta.example.com/" }],
    providers: [{ provider: "github" }, { provider: "custom", domain: "example.com" }],
  },
};

function as(server: MockServer, token: string) {
  const rpc = createClient(AccountService, server.transport());
  const options = { headers: { authorization: `Bearer ${token}` } };
  return {
    account: async () => (await rpc.getAccount({}, options)).account,
    joinable: async () => (await rpc.listJoinableOrganizations({}, options)).joinableOrganizations,
  };
}

describe("Ona's seed", () => {
  it("adds accounts, organizations and logins, from an object or JSON", async () => {
    for (const given of [seed, JSON.parse(JSON.stringify(seed))]) {
      const server = createMockServer();
      server.seed(given);
      const caller = as(server, "ada");
      expect(await caller.account()).toMatchObject({
        id: ada,
        name: "Ada Lovelace",
        avatarUrl: "https://example.com/ada.png",
        organizationId: acme,
        memberships: [{ organizationName: "Acme", organizationMemberCount: 2 }],
      });
      expect(await caller.joinable()).toMatchObject([
        { organizationName: "Labs", organizationMemberCount: 0 },
      ]);
      expect(server.ona.account("grace@example.com").name).toBe("Grace");
      await expect(as(server, "mallory").account()).rejects.toThrow("account is blocked");
    }
  });

  it("can give a token a lifetime", async () => {
    const server = createMockServer();
    const members = [{ email: "ada@example.com", tokens: [{ token: "short", expiresIn: "1h" as const }] }];
    server.ona.addOrganization({ name: "Acme", members });
    await as(server, "short").account();
    server.clock.advance("1h");
    await expect(as(server, "short").account()).rejects.toThrow("unauthenticated");
  });

  it.each<[string, NonNullable<MockSeed["ona"]>]>([
    [
      "seed.ona.accounts[0]: there is an account Ada@example.com already",
      { accounts: [{ email: "Ada@example.com" }] },
    ],
    [`seed.ona.accounts[0]: there is an account ${ada} already`, { accounts: [{ email: "x@y.z", id: ada }] }],
    [
      `seed.ona.organizations[0]: there is an organization ${acme} already`,
      { organizations: [{ name: "Other", id: acme }] },
    ],
    [
      "seed.ona.organizations[1].members[1]: ada@example.com is a member already",
      {
        organizations: [
          { name: "One" },
          { name: "Two", members: [{ email: "ada@example.com" }, { email: "ada@example.com" }] },
        ],
      },
    ],
    [
      "seed.ona.accounts[0]: there is no organization 00000000-0000-4000-8000-000000000003",
      { accounts: [{ email: "x@y.z", organizationId: "00000000-0000-4000-8000-000000000003" }] },
    ],
    ["seed.ona.accounts[0]: token ada is taken", { accounts: [{ email: "x@y.z", token: "ada" }] }],
    ['seed.ona.sso[0]: loginUrl is "okta"', { sso: [{ domain: "example.com", loginUrl: "okta" }] }],
    ['seed.ona.providers[0]: loginUrl is "/in"', { providers: [{ provider: "custom", loginUrl: "/in" }] }],
  ])("is refused with %s, and changes nothing", async (message, contradiction) => {
    const server = createMockServer();
    server.seed(seed);
    expect(() => server.seed({ ona: contradiction })).toThrow(message);
    expect(await as(server, "ada").joinable()).toHaveLength(1);
  });

  it("is refused with a suggestion if a name is misspelled", () => {
    const server = createMockServer();
    const misspelt: MockSeed = JSON.parse('{ "ona": { "organisations": [] } }');
    expect(() => server.seed(misspelt)).toThrow(
      'seed.ona.organisations is not known: did you mean "organizations"?',
    );
  });

  it("is restored by a reset, which discards later changes", async () => {
    const server = createMockServer();
    server.seed(seed);
    const { id } = server.ona.addOrganization({ name: "Later", domain: "example.com" });
    server.ona.join(id, ada);
    server.ona.setBlocked("grace@example.com", "too many mails");
    server.reset();
    expect(await as(server, "ada").joinable()).toHaveLength(1);
    expect(server.ona.account("grace@example.com").blockedFor).toBeNull();
  });
});

describe("Ona's controls", () => {
  it("throw for wrong arguments", () => {
    const { ona } = createMockServer();
    const { accountId } = ona.signIn({ email: "ada@example.com" });
    expect(() => ona.account("grace@example.com")).toThrow('there is no account "grace@example.com"');
    expect(() => ona.join(acme, accountId)).toThrow(`there is no organization "${acme}"`);
    expect(() => ona.organization("Acme")).toThrow('there is no organization "Acme" on this server');
    const { id } = ona.addOrganization({ name: "Acme", members: [{ email: "ada@example.com" }] });
    expect(() => ona.join(id, accountId)).toThrow("ada@example.com is a member already");
    expect(() => ona.addOrganization({ name: "Acme", id })).toThrow(`there is an organization ${id} already`);
    expect(() => ona.signIn({ email: "ada@example.com", expiresIn: "soon" })).toThrow(RangeError);
    ona.leave(id, accountId);
    ona.leave(id, accountId);
    ona.setBlocked(accountId, "too many mails");
    expect(() => ona.setUsage(accountId, { environments: 1 })).toThrow("is blocked");
    ona.setBlocked(accountId, null);
    ona.setUsage(accountId, { environments: 1 });
  });
});
