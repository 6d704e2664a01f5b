import { FamClient, UnimplementedError } from "tenantry";
import { describe, expect, it } from "vitest";
import type { MockSeed } from "../../apis.js";
import { escapeRegExp } from "../../engine/escape-regexp.js";
import { createMockServer } from "../../server.js";

const ada = "01ARZ3NDEKTSV4RRFFQ69G5FA0";
const agency = "01ARZ3NDEKTSV4RRFFQ69G5FA1";
const members = [{ email: "ada@example.com" }];

const seed: MockSeed = {
  fam: {
    users: [
      {
        email: "ada@example.com",
        firstName: "Ada",
        lastName: "Lovelace",
        id: ada,
        rootPermissions: ["accounts.list"],
        token: "ada",
      },
    ],
    accounts: [
      {
        name: "Agency",
        id: agency,
        type: "agency",
        status: "verified",
        createdAt: "2025-06-01T00:00:00Z",
        members,
        accounts: [
          {
            name: "Client",
            members: [{ email: "grace.hopper@example.com", relations: ["admin"] }],
            invites: [{ email: "eve@example.com", relations: ["buyer"], token: "for-eve", expiresIn: "1d" }],
            cards: [{ brand: "amex", last4: "0005", name: "Grace" }, {}],
          },
        ],
      },
    ],
  },
};

describe("FAM's seed", () => {
  it("adds people, accounts and the accounts below them, from an object or JSON", () => {
    for (const given of [seed, JSON.parse(JSON.stringify(seed))]) {
      const server = createMockServer();
      server.seed(given);
      const { fam } = server;
      expect(fam.user(ada)).toMatchObject({ firstName: "Ada", lastName: "Lovelace" });
      expect(fam.user("Grace.Hopper@example.com")).toMatchObject({ firstName: "Grace", lastName: "Hopper" });
      expect(fam.account(agency)).toMatchObject({
        hierarchy: [agency],
        status: "verified",
        createdAt: Date.UTC(2025, 5, 1),
        updatedAt: Date.UTC(2025, 5, 1),
      });
      const client = fam.account("Client");
      expect(client).toMatchObject({
        hierarchy: [agency, client.id],
        type: "ad_account",
        status: "unverified",
      });
      expect(fam.addCard(client.id)).toMatchObject({ brand: "visa", primary: false });
    }
  });

  it("adds members who joined when the account was created, and tokens that never expire", async () => {
    const server = createMockServer();
    server.seed(seed);
    server.clock.advance("3650d");
    const client = new FamClient({ baseUrl: "https://fam.example.com", fetch: server.fetch, auth: "ada" });
    const [owner] = await client.members.search(agency).toArray();
    expect(owner).toMatchObject({ userId: ada, createdAt: new Date("2025-06-01T00:00:00Z") });
  });

  it("adds invites that expire after `expiresIn`, or after 7 days, from the account's first member", async () => {
    const server = createMockServer();
    server.seed(seed);
    server.seed({ fam: { accounts: [{ name: "Other", members, invites: [{ email: "eve@example.com" }] }] } });
    const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
    const inviteTo = (name: string) => client.invites.list(server.fam.account(name).id).first();
    const expiresAt = (days: number) => new Date(server.clock.now() + days * 86_400_000);
    const inviterUserId = server.fam.user("grace.hopper@example.com").id;
    expect(await inviteTo("Client")).toMatchObject({ inviterUserId, expiresAt: expiresAt(1) });
    expect(await inviteTo("Other")).toMatchObject({ inviterUserId: ada, expiresAt: expiresAt(7) });
  });

  it("adds cards to each account, of which the first is the primary one", async () => {
    const server = createMockServer();
    server.seed(seed);
    server.seed({ fam: { accounts: [{ name: "Other", members, cards: [{ expMonth: 1, expYear: 2030 }] }] } });
    const client = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
    const cardsOf = async (name: string) => {
      const { paymentConfigurationId } = await client.billing.getPaymentConfiguration(
        server.fam.account(name).id,
      );
      return client.billing.listCards(paymentConfigurationId).toArray();
    };
    const testCard = { brand: "visa", last4: "4242", expMonth: 12, expYear: 2029, name: "" };
    const paymentMethodId = expect.stringMatching(/^pm_/);
    expect(await cardsOf("Client")).toEqual([
      { ...testCard, brand: "amex", last4: "0005", name: "Grace", primary: true, paymentMethodId },
      { ...testCard, primary: false, paymentMethodId },
    ]);
    expect(await cardsOf("Other")).toEqual([
      { ...testCard, expMonth: 1, expYear: 2030, primary: true, paymentMethodId },
    ]);
    expect(await cardsOf("Agency")).toEqual([]);
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
    expect(() => server.seed({ fam: wrong })).toThrow(new RegExp(`^${escapeRegExp(message)}`));
    expect(() => server.fam.account("Other")).toThrow('there is no account "Other"');
    expect(() => server.fam.user("x@example.com")).toThrow('there is no user "x@example.com"');
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

  it("lose their changes in a reset, and keep the seed", () => {
    const server = createMockServer();
    server.seed(seed);
    const { refreshToken } = server.fam.signIn({ email: "eve@example.com" });
    server.reset();
    expect(() => server.fam.refresh(refreshToken)).toThrow("not known");
    expect(server.fam.account(agency).name).toBe("Agency");
  });
});

describe("FAM's options", () => {
  it.each([0, -1, 1.5, Number.NaN])("refuse %d as perPage", (perPage) => {
    expect(() => createMockServer({ fam: { perPage } })).toThrow("give a whole number, 1 or more");
  });

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
