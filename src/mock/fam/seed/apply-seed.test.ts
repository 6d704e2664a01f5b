import { FamClient, UnimplementedError } from "tenantry";
import { describe, expect, it } from "vitest";
import type { MockSeed } from "../../apis.js";
import { escapeRegExp } from "../../msw/escape-regexp.js";
import { createMockServer } from "../../server.js";

const ada = "01ARZ3NDEKTSV4RRFFQ69G5FA0";
const agency = "01ARZ3NDEKTSV4RRFFQ69G5FA1";
const members = [{ email: "ada@example.com" }];

const seed: MockSeed = {
  fam: {
    users: [{ email: "ada@example.com", id: ada, token: "ada" }],
    accounts: [
      {
        name: "Agency",
        id: agency,
        members,
        invites: [{ email: "eve@example.com", token: "for-eve" }],
        accounts: [{ name: "Client" }],
      },
    ],
  },
};

describe("FAM's seed", () => {
  it("is not changed by later changes to its lists", async () => {
    const [relations, rootPermissions] = [["owner"], ["root"]];
    const server = createMockServer();
    server.seed({
      fam: {
        users: [{ email: "ada@example.com", token: "ada", rootPermissions }],
        accounts: [
          { name: "Agency", members: [{ email: "ada@example.com", relations }] },
          { name: "Shop", members, invites: [{ email: "eve@example.com", relations }] },
        ],
      },
    });
    const before = JSON.stringify(server.snapshot());
    relations.push("admin");
    rootPermissions.length = 0;
    expect(JSON.stringify(server.snapshot())).toBe(before);
  });

  it.each<[string, NonNullable<MockSeed["fam"]>]>([
    ["seed.fam.users[0]: there is a user", { users: [{ email: "x@example.com", id: ada }] }],
    ["seed.fam.users[0]: there is a user Ada@example.com already", { users: [{ email: "Ada@example.com" }] }],
    ["seed.fam.users[0]: token ada is taken", { users: [{ email: "x@example.com", token: "ada" }] }],
    ["seed.fam.accounts[0]: there is an account", { accounts: [{ name: "Other", id: agency }] }],
    [
      "seed.fam.accounts[0].members[1]: ada@example.com is a member already",
      { accounts: [{ name: "Other", members: [...members, ...members] }] },
    ],
    [
      "seed.fam.accounts[0].members[0]: a member needs at least one relation",
      { accounts: [{ name: "Other", members: [{ email: "x@example.com", relations: [] }] }] },
    ],
    [
      "seed.fam.accounts[0].invites[0]: there is no sender: the account has no members",
      { accounts: [{ name: "Other", invites: [{ email: "x@example.com" }] }] },
    ],
    [
      "seed.fam.accounts[0].invites[0]: there is no sender: y@example.com",
      {
        accounts: [{ name: "Other", members, invites: [{ email: "x@example.com", from: "y@example.com" }] }],
      },
    ],
    [
      "seed.fam.accounts[0].invites[0]: an invite needs at least one relation",
      { accounts: [{ name: "Other", members, invites: [{ email: "x@example.com", relations: [] }] }] },
    ],
    [
      "seed.fam.accounts[0].invites[0]: token for-eve is taken",
      { accounts: [{ name: "Other", members, invites: [{ email: "x@example.com", token: "for-eve" }] }] },
    ],
    [
      "seed.fam.accounts[0].accounts[0].members[0].email is missing",
      // @ts-expect-error a member has an email
      { accounts: [{ name: "Other", accounts: [{ name: "Below", members: [{}] }] }] },
    ],
    [
      "seed.fam.accounts[0].accounts[0].invites[0]: there is no sender",
      { accounts: [{ name: "Other", accounts: [{ name: "Below", invites: [{ email: "x@example.com" }] }] }] },
    ],
  ])("is refused with %s, and changes nothing", (message, wrong) => {
    const server = createMockServer();
    server.seed(seed);
    const before = server.snapshot();
    expect(() => server.seed({ fam: wrong })).toThrow(new RegExp(`^${escapeRegExp(message)}`));
    expect(server.snapshot()).toEqual(before);
  });
});

describe("FAM's controls", () => {
  it("throw for wrong arguments", () => {
    const server = createMockServer();
    server.seed(seed);
    server.seed({ fam: { accounts: [{ name: "Client" }] } });
    const { fam } = server;
    expect(() => fam.account("Client")).toThrow('2 accounts are named "Client": give an id');
    expect(() => fam.verify("nowhere")).toThrow('there is no account "nowhere"');
    expect(() => fam.addCard("nowhere")).toThrow('there is no account "nowhere"');
    expect(() => fam.addCard(agency, { expMonth: 13 })).toThrow("card.expMonth is 13: give a whole number");
    // @ts-expect-error there is no such status
    expect(() => fam.verify(agency, "lost")).toThrow('status is "lost": give one of unverified');
    expect(() => fam.inviteToken("nothing")).toThrow("there is no invite nothing");
    expect(() => fam.refresh(undefined)).toThrow("the refresh token is not known");
    expect(() => fam.signIn({ email: "x@example.com", expiresIn: "soon" })).toThrow("not a duration");
    const { refreshToken } = fam.signIn({ email: "x@example.com" });
    server.clock.advance("30d");
    expect(() => fam.refresh(refreshToken)).toThrow("the refresh token has expired");
  });
});

describe("FAM's options", () => {
  it.each(["accounts", "members", "billing"] as const)(
    "can rename the service of %s alone, and its default name is then not known",
    async (renamed) => {
      const server = createMockServer({ fam: { services: { [renamed]: "ads.v1.Renamed" } } });
      server.seed(seed);
      const options = server.fam.signIn({ email: "ada@example.com" }).connect();
      const defaults = {
        accounts: "fam.v1.AccountService",
        members: "fam.v1.MemberService",
        billing: "fam.v1.BillingService",
      };
      expect(options.services).toEqual({ ...defaults, [renamed]: "ads.v1.Renamed" });
      const calls = ({ accounts, members, billing }: FamClient) => ({
        accounts: () => accounts.get(agency),
        members: () => members.list(agency).toArray(),
        billing: () => billing.getPaymentConfiguration(agency),
      });
      for (const call of Object.values(calls(new FamClient(options)))) await call();
      expect(server.calls.of("fam.GetAccount")).toHaveLength(1);
      const call = calls(new FamClient({ ...options, services: defaults }))[renamed]();
      await expect(call).rejects.toBeInstanceOf(UnimplementedError);
    },
  );

  it("refuse a name that a service cannot have", () => {
    expect(() => createMockServer({ fam: { services: { accounts: "fam/accounts" } } })).toThrow(
      'options.fam.services.accounts is "fam/accounts": give the name of a service, such as fam.v1.AccountService',
    );
  });

  it("set how long a refreshed access token is valid, with accessTokenLife", () => {
    const server = createMockServer({ fam: { accessTokenLife: "10m" } });
    const { refreshToken } = server.fam.signIn({ email: "ada@example.com" });
    expect(server.fam.refresh(refreshToken).expiresAt).toBe(server.clock.now() + 600_000);
  });
});
