import { describe, expect, it } from "vitest";
import type { MockSeed } from "../../apis.js";
import { createMockServer } from "../../server.js";

const ada = "00000000-0000-4000-8000-000000000001";
const acme = "00000000-0000-4000-8000-000000000002";

const seed: MockSeed = {
  ona: {
    accounts: [{ email: "ada@example.com", id: ada, token: "ada" }],
    organizations: [{ name: "Acme", id: acme }],
  },
};

describe("Ona's seed", () => {
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
  ])("is refused with %s, and changes nothing", (message, contradiction) => {
    const server = createMockServer();
    server.seed(seed);
    const before = server.snapshot();
    expect(() => server.seed({ ona: contradiction })).toThrow(message);
    expect(server.snapshot()).toEqual(before);
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
