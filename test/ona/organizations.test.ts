import { OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { canned } from "../json/canned.js";
import { failureOf } from "../support/promises.js";
import { scripted } from "../support/scripted.js";

const at = "2026-01-01T00:00:00Z";
const acme = { id: "org-1", name: "Acme", createdAt: at, updatedAt: at, tier: "ORGANIZATION_TIER_FREE_ONA" };
const ada = {
  userId: "user-1",
  role: "ORGANIZATION_ROLE_ADMIN",
  memberSince: at,
  fullName: "Ada",
  email: "ada@example.com",
  status: "USER_STATUS_ACTIVE",
  loginProvider: "github",
};

/** Creates a client that gets this response to every call. */
function clientWithResponse(response: unknown) {
  const { fetch, requests } = canned(JSON.stringify(response));
  return { client: new OnaClient({ auth: "pat", fetch }), requests };
}

describe("OnaClient.organizations", () => {
  it("create() with `join` returns the caller as the first member", async () => {
    const { client, requests } = clientWithResponse({ organization: acme, member: ada });
    expect(await client.organizations.create({ name: "Acme", join: true })).toEqual({
      id: "org-1",
      name: "Acme",
      createdAt: new Date(at),
      updatedAt: new Date(at),
      inviteDomains: [],
      tier: "free_ona",
      member: {
        userId: "user-1",
        role: "admin",
        memberSince: new Date(at),
        avatarUrl: "",
        name: "Ada",
        email: "ada@example.com",
        status: "active",
        loginProvider: "github",
      },
    });
    expect(requests[0]?.path).toBe("/api/gitpod.v1.OrganizationService/CreateOrganization");
  });

  it("create() without `join` returns no member", async () => {
    const { client } = clientWithResponse({ organization: acme });
    expect(await client.organizations.create({ name: "Acme" })).not.toHaveProperty("member");
  });

  it("update() sends only the given fields, and an empty list of domains", async () => {
    const { client, requests } = clientWithResponse({ organization: acme });
    await client.organizations.update("org-1", { name: "Acme" });
    await client.organizations.update("org-1", { inviteDomains: [] });
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
      { organizationId: "org-1", name: "Acme" },
      { organizationId: "org-1", inviteDomains: { domains: [] } },
    ]);
  });

  it("create() rejects an incomplete response with the other fields in `error.partial`", async () => {
    const { client } = clientWithResponse({ organization: { ...acme, updatedAt: undefined } });
    const error = await failureOf(client.organizations.create({ name: "Acme" }));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", partial: { id: "org-1", name: "Acme" } });
  });
});

describe("OnaClient, if no response arrives", () => {
  /** Returns how often a call is sent if no response arrives. */
  async function attemptsOf(call: (client: OnaClient) => PromiseLike<unknown>): Promise<number> {
    const clock = new VirtualClock();
    const { sent, transport } = scripted(clock, "unavailable");
    await failureOf(Promise.resolve(call(new OnaClient({ transport, clock, retry: { maxAttempts: 3 } }))));
    return sent.length;
  }

  it.each<[string, (client: OnaClient) => PromiseLike<unknown>]>([
    ["organizations.create", ({ organizations }) => organizations.create({ name: "Acme" })],
    ["organizations.delete", ({ organizations }) => organizations.delete("1")],
    ["organizations.join", ({ organizations }) => organizations.join("1")],
    ["members.remove", ({ members }) => members.remove("1", "2")],
    ["invites.create", ({ invites }) => invites.create("1")],
    ["invites.accept", ({ invites }) => invites.accept("1")],
    ["users.delete", ({ users }) => users.delete("1")],
    ["tokens.create", ({ tokens }) => tokens.create("1", { description: "backup" })],
    ["tokens.delete", ({ tokens }) => tokens.delete("1")],
    ["identity.exchangeToken", ({ identity }) => identity.exchangeToken("secret")],
    ["domains.create", ({ domains }) => domains.create("1", { domain: "example.com" })],
    ["domains.verify", ({ domains }) => domains.verify("1")],
    ["domains.delete", ({ domains }) => domains.delete("1")],
  ])("sends %s once", async (_name, call) => {
    expect(await attemptsOf(call)).toBe(1);
  });

  it.each<[string, (client: OnaClient) => PromiseLike<unknown>]>([
    ["organizations.update", ({ organizations }) => organizations.update("1", { name: "Acme" })],
    ["members.setRole", ({ members }) => members.setRole("1", "2", "admin")],
    ["invites.get", ({ invites }) => invites.get("1")],
    ["users.suspend", ({ users }) => users.suspend("1")],
    ["billing.cumulativeUsage", ({ billing }) => billing.cumulativeUsage("1")],
  ])("retries %s, because it is idempotent", async (_name, call) => {
    expect(await attemptsOf(call)).toBe(3);
  });
});

describe("OnaClient.members.list()", () => {
  const page = (count: object | undefined, nextToken = "") => ({
    members: [ada],
    pagination: { nextToken },
    count,
  });

  it("returns a total only if the server's count is exact", async () => {
    const total = async (count: object | undefined) => {
      const { items, ...rest } = await clientWithResponse(page(count)).client.members.list("org-1", {
        count: true,
      });
      expect(items).toHaveLength(1);
      return rest;
    };
    expect(await total({ value: 17, relation: "COUNT_RESPONSE_RELATION_EQ" })).toEqual({
      cursor: undefined,
      total: 17,
    });
    expect(await total({ relation: "COUNT_RESPONSE_RELATION_EQ" })).toEqual({ cursor: undefined, total: 0 });
    expect(await total({ value: 17, relation: 1 })).toMatchObject({ total: 17 });
    for (const count of [
      { value: 10_000, relation: "COUNT_RESPONSE_RELATION_GTE" },
      { value: 17, relation: "COUNT_RESPONSE_RELATION_ROUGHLY" },
      { value: 17 },
      undefined,
    ]) {
      expect(await total(count)).not.toHaveProperty("total");
    }
  });

  it("requests the count only with `count: true`", async () => {
    const { client, requests } = clientWithResponse(page(undefined));
    await client.members.list("org-1");
    await client.members.list("org-1", { count: true });
    expect(requests.map(({ body }) => JSON.parse(body).count)).toEqual([undefined, { include: true }]);
  });

  it("sends the page token and the same search with each page", async () => {
    const sent: { pagination: unknown; filter: unknown }[] = [];
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Response.json(page(undefined, sent.length < 3 ? `page-${sent.length + 1}` : ""));
    };
    const client = new OnaClient({ auth: "pat", fetch });
    const members = await client.members.list("org-1", { search: "ada", pageSize: 1 }).toArray();
    expect(members).toHaveLength(3);
    expect(sent.map(({ pagination }) => pagination)).toEqual([
      { token: "", pageSize: 1 },
      { token: "page-2", pageSize: 1 },
      { token: "page-3", pageSize: 1 },
    ]);
    for (const { filter } of sent) expect(filter).toMatchObject({ search: "ada" });
  });

  it("sorts in ascending order unless `descending` is true", async () => {
    const { client, requests } = clientWithResponse(page(undefined));
    await client.members.list("org-1", { sort: { field: "date_joined" } });
    await client.members.list("org-1", { sort: { field: "name", descending: true } });
    expect(requests.map(({ body }) => JSON.parse(body).sort)).toEqual([
      { field: "SORT_FIELD_DATE_JOINED", order: "SORT_ORDER_ASC" },
      { field: "SORT_FIELD_NAME", order: "SORT_ORDER_DESC" },
    ]);
  });
});

it("billing.listUserUsage() returns the total on each page", async () => {
  const { client } = clientWithResponse({ userUsage: [{ userId: "1" }], totalCount: 1 });
  expect((await client.billing.listUserUsage("org-1")).total).toBe(1);
});

it("tokens.create() sends the lifetime in seconds, and billing.usageReport() sends dates as timestamps", async () => {
  const { client, requests } = clientWithResponse({ token: "secret" });
  expect(await client.tokens.create("user-1", { description: "backup", validForMs: 123_500 })).toEqual({
    token: "secret",
  });
  await client.tokens.create("user-1", { description: "backup" });
  await client.billing.usageReport("org-1", { from: new Date(0), to: new Date(86_400_000) });
  expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
    { userId: "user-1", description: "backup", validFor: "123.5s", readOnly: false },
    { userId: "user-1", description: "backup", readOnly: false },
    {
      organizationId: "org-1",
      dateRange: { startTime: "1970-01-01T00:00:00.000Z", endTime: "1970-01-02T00:00:00.000Z" },
    },
  ]);
});

it("billing.listUserUsage() rejects credits that are not a number, and names the field", async () => {
  const { client } = clientWithResponse({ userUsage: [{ monthToDateUsage: { totalCredits: "NaN" } }] });
  await expect(client.billing.listUserUsage("org-1").toArray()).rejects.toThrow(
    "The response's field userUsage[0].monthToDateUsage.totalCredits must be a finite number, not this string",
  );
});
