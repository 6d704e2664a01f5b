import { createClient } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { MockSeed } from "./apis.js";
import type { MockServer } from "./mock-server.js";
import { createMockServer } from "./server.js";
import type { VydonSession } from "./vydon/controls/controls.js";

function as(server: MockServer, { token }: Pick<VydonSession, "token">) {
  const rpc = createClient(UserAccountService, server.transport());
  const options = { headers: { authorization: `Bearer ${token}` } };
  return {
    accounts: async () => (await rpc.getUserAccounts({}, options)).accounts.map(({ name }) => name),
    createTeam: async (name: string) => (await rpc.createTeamAccount({ name }, options)).accountId,
  };
}

const seed: MockSeed = {
  vydon: {
    users: [{ email: "ada@example.com", id: "00000000-0000-4000-8000-000000000001", token: "ada" }],
    accounts: [
      {
        name: "acme",
        id: "00000000-0000-4000-8000-000000000002",
        members: [{ email: "ada@example.com" }],
        invites: [{ email: "barbara@example.com", token: "welcome" }],
      },
    ],
  },
};

describe("a mock server", () => {
  it("makes the same ids for the same random seed and calls", async () => {
    const run = async (randomSeed: number) => {
      const server = createMockServer({ randomSeed });
      const ada = server.vydon.signIn({ email: "ada@example.com" });
      return [ada.token, ada.userId, await as(server, ada).createTeam("acme")];
    };
    expect(await run(7)).toEqual(await run(7));
    expect(await run(7)).not.toEqual(await run(8));
  });

  it("returns the options that a client needs to connect", () => {
    const server = createMockServer({ now: "2030-01-01T00:00:00Z" });
    const ada = server.vydon.signIn({ email: "ada@example.com" });
    expect(ada.connect()).toEqual({
      baseUrl: "https://vydon.mock",
      fetch: server.fetch,
      auth: ada.token,
      clock: server.clock,
    });
    expect(server.clock.now()).toBe(Date.UTC(2030, 0, 1));
  });

  it("stores the ids of a seed in lower case", () => {
    const server = createMockServer();
    const [ada, acme] = ["ABCDEF00-0000-4000-8000-000000000001", "ABCDEF00-0000-4000-8000-000000000002"];
    server.seed({
      vydon: { users: [{ email: "ada@example.com", id: ada }], accounts: [{ name: "acme", id: acme }] },
    });
    expect(server.vydon.signIn({ email: "ada@example.com" }).userId).toBe(ada.toLowerCase());
    expect(server.vydon.account("acme").id).toBe(acme.toLowerCase());
  });

  it("does not register a person of a seed with `registered: false`", async () => {
    const server = createMockServer();
    server.seed({ vydon: { users: [{ email: "eve@example.com", registered: false, token: "eve" }] } });
    await expect(as(server, { token: "eve" }).accounts()).rejects.toThrow("unable to find user");
  });

  it("makes the teams of a seed billing customers, only in the cloud", () => {
    for (const cloud of [true, false]) {
      const server = createMockServer({ vydon: { cloud } });
      server.seed({ vydon: { accounts: [{ name: "acme" }, { name: "personal", type: "personal" }] } });
      expect(server.vydon.account("acme").stripeCustomerId !== null).toBe(cloud);
      expect(server.vydon.account("personal").stripeCustomerId).toBeNull();
    }
  });

  const broken: [unknown, string][] = [
    [{ vidon: {} }, 'seed.vidon is not known: did you mean "vydon"?'],
    [
      { vydon: { accounts: [{}] } },
      "seed.vydon.accounts[0].name is missing: give a string that is not empty",
    ],
    [
      { vydon: { users: [{ email: "eve@example.com" }, { email: "eve@example.com" }] } },
      "seed.vydon.users[1]: there is a user eve@example.com already",
    ],
    [
      { vydon: { accounts: [{ name: "b" }, { name: "c", members: [{ email: "e@e" }, { email: "e@e" }] }] } },
      "seed.vydon.accounts[1].members[1]: e@e is a member already",
    ],
    [
      { vydon: { accounts: [{ name: "b", invites: [{ email: "e@e" }] }] } },
      "seed.vydon.accounts[0].invites[0]: there is no sender: the account has no members",
    ],
    [
      { vydon: { accounts: [{ name: "b", type: "personal", subscription: "active" }] } },
      'seed.vydon.accounts[0].subscription is "active", but a personal account has none',
    ],
    [
      { vydon: { accounts: [{ name: "b", type: "personal", billed: true }] } },
      "seed.vydon.accounts[0].billed is true, but a personal account cannot be a billing customer",
    ],
    [
      { vydon: { users: [{ email: "eve@example.com", id: "00000000-0000-4000-8000-000000000001" }] } },
      "seed.vydon.users[0]: there is a user 00000000-0000-4000-8000-000000000001 already",
    ],
    [
      { vydon: { accounts: [{ name: "b", id: "00000000-0000-4000-8000-000000000002" }] } },
      "seed.vydon.accounts[0]: there is an account 00000000-0000-4000-8000-000000000002 already",
    ],
    [
      {
        vydon: {
          accounts: [
            { name: "b", type: "personal", members: [{ email: "e@e" }], invites: [{ email: "f@f" }] },
          ],
        },
      },
      "seed.vydon.accounts[0].invites[0]: a personal account has no invites",
    ],
    [
      { vydon: { accounts: [{ name: "b", invites: [{ email: "e@e", from: "f@f" }] }] } },
      "seed.vydon.accounts[0].invites[0]: there is no sender: f@f is not a user",
    ],
    [
      {
        vydon: {
          accounts: [{ name: "b", invites: [{ email: "e@e", from: "ada@example.com", token: "welcome" }] }],
        },
      },
      "seed.vydon.accounts[0].invites[0]: token welcome is taken",
    ],
    [
      { vydon: { accounts: [{ name: "b", apiKeys: [{ token: "ada" }] }] } },
      "seed.vydon.accounts[0].apiKeys[0]: token ada is taken",
    ],
    [{ vydon: { workerKeys: ["ada"] } }, "seed.vydon.workerKeys[0]: token ada is taken"],
  ];

  it.each(broken)("refuses the seed %j, and changes nothing", async (mistake, message) => {
    const server = createMockServer();
    server.seed(seed);
    const state = () =>
      JSON.stringify([server.vydon.account("acme"), server.vydon.signIn({ email: "new@example.com" })]);
    const before = createMockServer();
    before.seed(seed);
    const wrong: MockSeed = JSON.parse(JSON.stringify(mistake));
    expect(() => server.seed(wrong)).toThrow(message);
    expect(state()).toBe(
      JSON.stringify([before.vydon.account("acme"), before.vydon.signIn({ email: "new@example.com" })]),
    );
    expect(() => server.vydon.account("b")).toThrow('there is no account "b" on this server');
  });

  it("returns to its seed, its time and its ids after reset()", async () => {
    const server = createMockServer();
    server.seed(seed);
    const scenario = async () => {
      const ada = server.vydon.signIn({ email: "ada@example.com" });
      const id = await as(server, ada).createTeam("second");
      server.clock.advance("1d");
      return [ada.token, id, await as(server, ada).accounts(), server.calls.count];
    };
    const first = await scenario();
    server.faults.inject({ method: "GetUserAccounts", code: "unavailable" });
    server.reset();
    expect(server.clock.now()).toBe(Date.UTC(2026, 0, 1));
    expect(await scenario()).toEqual(first);
  });

  it("lets an API key expire, by its token or its id", async () => {
    const server = createMockServer();
    server.seed(seed);
    const [one, other] = [server.vydon.apiKey("acme"), server.vydon.apiKey("acme")];
    server.vydon.expireApiKey(one.token);
    server.vydon.expireApiKeyById(other.keyId);
    for (const key of [one, other])
      await expect(as(server, key).accounts()).rejects.toThrow("token is expired");
    expect(() => server.vydon.expireApiKey("ada")).toThrow("no API key has this token");
    expect(() => server.vydon.expireApiKeyById(other.userId)).toThrow("there is no API key");
    expect(() => server.vydon.expireInvite(other.keyId)).toThrow("there is no invite");
  });

  it("needs the id of an account if two have the same name", () => {
    const server = createMockServer();
    server.seed({ vydon: { accounts: [{ name: "acme" }, { name: "acme" }] } });
    expect(() => server.vydon.account("acme")).toThrow('2 accounts are named "acme": give an id');
    expect(() => server.vydon.apiKey("nowhere")).toThrow('there is no account "nowhere"');
    server.seed({ vydon: { accounts: [{ name: "personal", type: "personal" }] } });
    expect(() => server.vydon.subscribe("personal")).toThrow("only a team can subscribe");
  });
});
