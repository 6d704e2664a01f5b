import { QueryClient, type QueryKey } from "@tanstack/query-core";
import { FamClient, OnaClient, VydonClient } from "tenantry";
import {
  famMutations,
  famQueries,
  onaMutations,
  onaQueries,
  vydonMutations,
  vydonQueries,
} from "tenantry/query";
import { describe, expect, it } from "vitest";

const baseUrl = "https://api.example.com";
const queryClient = new QueryClient();
const [vydonClient, onaClient, famClient] = [
  new VydonClient({ baseUrl }),
  new OnaClient({ baseUrl }),
  new FamClient({ baseUrl }),
];
const vydon = vydonQueries(vydonClient);
const ona = onaQueries(onaClient);
const fam = famQueries(famClient);

const accountId = "01J8Z3K4M5N6P7Q8R9S0T1V2W3";
const cards = "01J8Z3K4M5N6P7Q8R9S0T1V2W4";
const keyId = "01J8Z3K4M5N6P7Q8R9S0T1V2W5";
const login = { email: "ada@example.com" };
const days = { from: new Date("2026-01-01"), to: new Date("2026-01-31") };
const resource = { type: "account", id: accountId, action: "read" } as const;

/** For each resource, the arguments with which each of its queries is made. A query that is missing here does not compile. */
type Arguments<Queries> = {
  readonly [Resource in keyof Queries as Resource extends "key" ? never : Resource]: {
    readonly [Name in keyof Queries[Resource] as Name extends "key"
      ? never
      : Name]: Queries[Resource][Name] extends (...given: infer Given) => unknown ? Given : never;
  };
};

const ofVydon: Arguments<typeof vydon> = {
  users: { current: [] },
  accounts: {
    list: [],
    includesMe: [accountId],
    getOnboarding: [accountId],
    getTemporalConfig: [accountId],
  },
  members: { list: [accountId] },
  invites: { list: [accountId] },
  permissions: { check: [accountId, resource], checkAll: [accountId, [resource]] },
  billing: { status: [accountId], validity: [accountId], listAccounts: [{ accountIds: [accountId] }] },
  apiKeys: { list: [accountId], get: [keyId] },
  auth: { status: [] },
  system: { info: [] },
};
const ofOna: Arguments<typeof ona> = {
  accounts: {
    get: [],
    listJoinableOrganizations: [],
    listJoinableOrganizationsPages: [{ pageSize: 5 }],
    listLoginProviders: [login],
    listLoginProvidersPages: [login, { pageSize: 5 }],
    allowsCustomLogin: [login],
    listSsoLogins: [login],
    listSsoLoginsPages: [login],
    getSsoLoginUrl: [login],
  },
  users: { current: [], get: ["user"] },
  organizations: { get: [accountId] },
  members: {
    list: [accountId, { search: "ada" }],
    listPages: [accountId, { search: "ada", count: true }, { pageSize: 5 }],
  },
  invites: { get: [accountId], summary: ["invite"] },
  billing: {
    usageReport: [accountId, days],
    cumulativeUsage: [accountId, { asOf: days.to }],
    listUserUsage: [accountId, { asOf: days.to }],
    listUserUsagePages: [accountId, { asOf: days.to }, { pageSize: 5 }],
  },
  tokens: { get: ["token"], list: [{ userIds: ["user"] }], listPages: [{}, { pageSize: 5 }] },
  identity: { current: [] },
  domains: { list: [accountId], listPages: [accountId, { pageSize: 5 }], get: ["domain"] },
};
const ofFam: Arguments<typeof fam> = {
  accounts: { list: [], get: [accountId], permissions: [] },
  members: {
    list: [accountId],
    search: [accountId, { query: "ada" }],
    searchPages: [accountId, { query: "ada" }],
  },
  invites: { list: [accountId] },
  billing: { listCards: [cards], getPaymentConfiguration: [accountId] },
};

/** A resource of some API: its `key`, and its queries by name. */
type Resource = { readonly key: (...ids: string[]) => QueryKey } & Readonly<Record<string, unknown>>;

/** An entry of the tables above. */
interface Case {
  readonly api: string;
  readonly resource: string;
  readonly key: (...ids: string[]) => QueryKey;
  /** The queries with the id that each is about, if it is about one. */
  readonly queries: readonly {
    readonly name: string;
    readonly key: QueryKey;
    readonly id: string | undefined;
    readonly given: readonly unknown[];
  }[];
}

const cases: Case[] = [
  ...casesOf("vydon", vydon, ofVydon),
  ...casesOf("ona", ona, ofOna),
  ...casesOf("fam", fam, ofFam),
];

function casesOf(api: string, queries: object, table: object): Case[] {
  return Object.entries(table).map(([resource, names]) => {
    const made: Resource = Reflect.get(queries, resource);
    const entries = Object.entries<readonly unknown[]>(names);
    return {
      api,
      resource,
      key: made.key,
      queries: entries.map(([name, given]) => {
        const make = made[name];
        if (typeof make !== "function") throw new Error(`${api}.${resource}.${name} is not a query`);
        const [id] = given;
        return { name, key: make(...given).queryKey, id: typeof id === "string" ? id : undefined, given };
      }),
    };
  });
}

/** Which of all the queries become stale if those whose keys begin with this are invalidated. */
async function hitBy(queryKey: QueryKey): Promise<string[]> {
  const cache = new QueryClient();
  const all = cases.flatMap(({ api, resource, queries }) =>
    queries.map(({ name, key }) => ({ path: `${api}.${resource}.${name}`, key })),
  );
  for (const { key } of all) cache.setQueryData(key, "fresh");
  await cache.invalidateQueries({ queryKey });
  return all.filter(({ key }) => cache.getQueryState(key)?.isInvalidated).map(({ path }) => path);
}

describe.each(cases)("the key of $resource in the queries of $api", ({ api, resource, key, queries }) => {
  const path = (name: string) => `${api}.${resource}.${name}`;
  const ids = [...new Set(queries.flatMap(({ id }) => id ?? []))];

  it("key() matches all queries of the resource, and no other", async () => {
    expect(await hitBy(key())).toEqual(queries.map(({ name }) => path(name)));
  });

  it.each(ids)("key(%j) matches the queries about this id, and no other", async (id) => {
    const about = queries.filter((query) => query.id === id);
    expect(await hitBy(key(id))).toEqual(about.map(({ name }) => path(name)));
  });

  it.each(queries)("the key of $name contains all arguments", ({ key: full, given }) => {
    // Queries with different arguments must not share their data.
    expect(full).toEqual(expect.arrayContaining([...given]));
  });

  it("ignores further arguments, also as a callback of `map`", async () => {
    const [id = "unused"] = ids;
    expect(key(id, "0", "rest")).toEqual(ids.length > 0 ? key(id) : key());
  });
});

it.each([
  ["vydon", vydon.key],
  ["ona", ona.key],
  ["fam", fam.key],
])("the key of all of %s matches all of its queries, and no other", async (api, key) => {
  const own = cases.filter((each) => each.api === api);
  expect(await hitBy(key)).toEqual(
    own.flatMap(({ resource, queries }) => queries.map(({ name }) => `${api}.${resource}.${name}`)),
  );
});

describe("a mutation's keys", () => {
  const variables = {
    accountId,
    organizationId: accountId,
    paymentConfigurationId: cards,
    inviteId: "invite",
    userId: "user",
    keyId,
  };
  const mutations = Object.entries({
    vydon: vydonMutations(vydonClient, queryClient),
    ona: onaMutations(onaClient, queryClient),
    fam: famMutations(famClient, queryClient),
  }).flatMap(([api, resources]) =>
    Object.entries(resources).flatMap(([resource, writes]) =>
      Object.entries<{ touches: (given: never) => QueryKey[] }>(writes).map(
        ([name, { touches }]) => [`${api}.${resource}.${name}`, touches] as const,
      ),
    ),
  );

  const touched = mutations.map(([name, touches]) => {
    const keys: readonly QueryKey[] = Reflect.apply(touches, undefined, [variables]);
    return [name, keys] as const;
  });

  it.each(touched.flatMap(([name, keys]) => keys.map((key) => [name, key] as const)))(
    "%s touches %j, the key of a query",
    async (_, key) => {
      expect(await hitBy(key)).not.toEqual([]);
    },
  );
});
