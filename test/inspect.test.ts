import { inspect } from "node:util";
import {
  FamClient,
  type List,
  memoryStore,
  OnaClient,
  refreshableToken,
  simpleStore,
  type TokenStore,
  VydonClient,
  webStorageStore,
} from "tenantry";
import { fileStore } from "tenantry/node";
import { redisStore } from "tenantry/redis";
import { describe, expect, it } from "vitest";

const secret = "s3cr3t-of-ada";
const shared = { auth: secret, headers: { "x-key": secret } };
const vydon = new VydonClient({ baseUrl: "https://vydon.example.com/api/", ...shared });
const ona = new OnaClient(shared);
const fam = new FamClient({ baseUrl: "https://fam.example.com", ...shared });

const resources = (client: object) => Object.keys(client).join(", ");

describe("console.log of a client", () => {
  it.each([
    [`VydonClient { baseUrl: "https://vydon.example.com/api", ${resources(vydon)} }`, vydon],
    [`OnaClient { baseUrl: "https://app.ona.com/api", ${resources(ona)} }`, ona],
    ['FamClient { baseUrl: "https://fam.example.com", accounts, members, invites, billing }', fam],
  ])("prints %s", (text, client) => {
    expect(inspect(client)).toBe(text);
    expect(inspect(client.withOptions({ headers: shared.headers }))).toBe(text);
    expect(inspect({ app: { client } }, { depth: 0 })).not.toContain(secret);
    expect(inspect({ app: [client] })).toContain(text);
  });

  it("prints `baseUrl: undefined` if the client has only a transport", () => {
    const transport = { send: () => Promise.reject(new Error(secret)) };
    expect(inspect(new OnaClient({ transport, auth: secret }))).toBe(
      `OnaClient { baseUrl: undefined, ${resources(ona)} }`,
    );
  });

  it("prints the name of a subclass, and its fields without their values", () => {
    class AcmeClient extends FamClient {
      readonly key = secret;
    }
    expect(inspect(new AcmeClient({ baseUrl: "https://fam.example.com" }))).toBe(
      'AcmeClient { baseUrl: "https://fam.example.com", accounts, members, invites, billing, key }',
    );
  });

  it("does not change Object.keys, JSON.stringify or a spread of the client", () => {
    expect(Object.keys(fam)).toEqual(["accounts", "members", "invites", "billing"]);
    expect(JSON.stringify(fam)).toBe('{"accounts":{},"members":{},"invites":{},"billing":{}}');
    expect(inspect({ ...fam })).toContain("accounts: FamAccounts {}");
  });
});

it.each([
  ["VydonUsers", vydon.users],
  ["VydonMembers", vydon.members],
  ["OnaAccounts", ona.accounts],
  ["FamBilling", fam.billing],
  ["FamInvites", fam.invites],
])("console.log of a resource prints %s without secrets", (name, resource) => {
  expect(inspect(resource, { depth: 9, showHidden: true })).toMatch(new RegExp(`^${name} \\{`));
  expect(inspect(resource, { depth: 9, showHidden: true })).not.toContain(secret);
});

it.each<[string, List<unknown>]>([
  ["Vydon", vydon.members.list("acme", { headers: shared.headers })],
  ["Ona", ona.accounts.listSsoLogins({ email: secret }, { headers: shared.headers })],
  ["FAM", fam.members.search("acme", { query: secret }, { headers: shared.headers })],
])("console.log of a list of %s prints how to use it", (_, list) => {
  expect(inspect(list, { depth: 9, showHidden: true })).toBe("List { await it, or iterate it }");
  expect(inspect({ list })).toBe("{ list: List { await it, or iterate it } }");
});

describe("console.log shows no token", () => {
  const tokens = { accessToken: secret, refreshToken: secret };
  const stored = { v: 1, tokens, revision: "1", sessionId: "1" } as const;
  const storage = { getItem: () => JSON.stringify(stored), setItem: () => {} };

  it.each<[string, TokenStore]>([
    ["memoryStore", memoryStore()],
    ["simpleStore", simpleStore({ load: () => stored, save: () => {} })],
    ["webStorageStore", webStorageStore(storage, "acme.tokens")],
    ["fileStore", fileStore("/tmp/acme/tokens.json")],
    ["redisStore", redisStore({ eval: async () => JSON.stringify(stored) }, "acme:tokens")],
  ])("of a refreshableToken with a %s, or of the store", async (name, store) => {
    if (name === "memoryStore") await store.save(stored, undefined);
    const auth = refreshableToken({ refresh: () => tokens, initial: tokens, store });
    const shown = inspect([store, auth], { depth: 9, showHidden: true });
    expect(shown).toContain(name);
    expect(shown).toContain("RefreshableTokenSource {");
    expect(shown).not.toContain(secret);
  });
});
