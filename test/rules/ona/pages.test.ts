import { Code } from "@connectrpc/connect";
import type { List, ListOptions } from "tenantry";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { addAcme, callAs, clientOf, codeOf, type OnaRpc, person } from "./people.js";

// The pagination that all of Ona's lists share.

describe("Ona's pagination", () => {
  const world = openWorld();

  function providers(count: number): OnaRpc {
    const list = Array.from({ length: count }, (_, index) => ({ provider: `provider-${index}` }));
    world.server.seed({ ona: { providers: list } });
    return callAs(world);
  }

  it.each([
    ["25 items without a page size", 0, 25],
    ["7 items with the page size 7", 7, 7],
    ["100 items with the page size 100, the maximum", 100, 100],
  ])("a page has %s", async (_name, pageSize, size) => {
    const rpc = providers(120);
    const first = await rpc.listLoginProviders({ pagination: { pageSize } });
    expect(first.loginProviders).toHaveLength(size);
    const token = first.pagination?.nextToken ?? "";
    const second = await rpc.listLoginProviders({ pagination: { pageSize, token } });
    expect(second.loginProviders[0]?.provider).toBe(`provider-${size}`);
  });

  it.each([-1, 101])("a page size of %i fails with invalid_argument", async (pageSize) => {
    const error = await connectErrorOf(providers(3).listLoginProviders({ pagination: { pageSize } }));
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringContaining("validation error: pagination.page_size: "),
    });
  });

  it.each([0, 1, 24, 25, 26, 50, 60])(
    "the pages of a list of %i items return each item once, in order",
    async (count) => {
      const rpc = providers(count);
      const found: string[] = [];
      let token = "";
      let pages = 0;
      do {
        const page = await rpc.listLoginProviders({ pagination: { token } });
        found.push(...page.loginProviders.map(({ provider }) => provider));
        token = page.pagination?.nextToken ?? "";
        pages++;
      } while (token !== "");
      expect(found).toEqual(Array.from({ length: count }, (_, index) => `provider-${index}`));
      expect(pages).toBe(Math.max(1, Math.ceil(count / 25)));
    },
  );

  it("a page token is opaque, stays valid for 30 days, and works with another page size", async () => {
    const rpc = providers(60);
    const first = await rpc.listLoginProviders({});
    const token = first.pagination?.nextToken ?? "";
    expect(token).toMatch(/^[a-z0-9]{32}$/);
    world.server.clock.advance("30d");
    expect((await rpc.listLoginProviders({})).pagination?.nextToken).toBe(token);
    for (const pageSize of [1, 40]) {
      const page = await rpc.listLoginProviders({ pagination: { token, pageSize } });
      expect(page.loginProviders[0]?.provider).toBe("provider-25");
    }
  });

  it("a page token that is unknown or of another list fails with invalid_argument", async () => {
    const rpc = providers(60);
    const { nextToken: token = "" } = (await rpc.listLoginProviders({})).pagination ?? {};
    const ada = person(world, "ada");
    for (const call of [
      () => rpc.listLoginProviders({ pagination: { token: "25" } }),
      () => rpc.listLoginProviders({ pagination: { token }, filter: { email: "ada@example.com" } }),
      () => rpc.listSSOLogins({ pagination: { token }, email: "ada@example.com" }),
      () => ada.rpc.listJoinableOrganizations({ pagination: { token } }),
    ]) {
      expect(await connectErrorOf(call())).toMatchObject({
        code: Code.InvalidArgument,
        rawMessage: "pagination token is not valid",
      });
    }
  });

  it("a page token fails with invalid_argument for another caller, organization, filter, order or time", async () => {
    const { ona } = world.server;
    const inviteId = "0b1e7a52-3c64-4d8f-9a10-5e2f7c9d4b36";
    for (const provider of ["github", "google"]) ona.addProvider({ provider });
    for (const domain of ["example.com", "example.org"]) {
      for (const displayName of ["Okta", "Entra"]) ona.addSso({ domain, displayName });
      for (const name of ["A", "B"]) ona.addOrganization({ name: `${name} of ${domain}`, domain });
    }
    const tokens = [{}, {}];
    const emails = ["ada@example.com", "grace@example.com"];
    const id = addAcme(world, {
      members: emails.map((email) => ({ email, role: "admin" as const, tokens })),
      creditUsage: emails.map((email) => ({ email, credits: 1 })),
      domains: [{ domain: "example.com" }, { domain: "example.org" }],
    });
    const { id: labs } = ona.addOrganization({
      name: "Labs",
      members: [{ email: "ada@example.com" }],
      domains: [{ domain: "example.com" }, { domain: "example.org" }],
    });
    const { accounts, billing, tokens: pats } = clientOf(world, "ada", id);
    const userIds = emails.map((email) => ona.member(id, email).userId);
    const lists: Record<string, ((page: ListOptions) => List<unknown>)[]> = {
      ListLoginProviders: [
        (page) => accounts.listLoginProviders({}, page),
        (page) => accounts.listLoginProviders({ inviteId }, page),
        (page) => accounts.listLoginProviders({ email: "ada@example.com" }, page),
        (page) => accounts.listLoginProviders({ email: "ada@example.org" }, page),
      ],
      ListSSOLogins: [
        (page) => accounts.listSsoLogins({ email: "ada@example.com" }, page),
        (page) => accounts.listSsoLogins({ email: "ada@example.org" }, page),
      ],
      ListJoinableOrganizations: [
        (page) => clientOf(world, "hedy").accounts.listJoinableOrganizations(page),
        (page) => clientOf(world, "eve").accounts.listJoinableOrganizations(page),
      ],
      ListDomainVerifications: [
        (page) => clientOf(world, "ada", id).domains.list(id, page),
        (page) => clientOf(world, "ada", labs).domains.list(labs, page),
      ],
      ListMembers: [
        (page) => clientOf(world, "ada", id).members.list(id, page),
        (page) => clientOf(world, "ada", id).members.list(id, { ...page, roles: ["admin"] }),
        (page) => clientOf(world, "ada", id).members.list(id, { ...page, sort: { field: "name" } }),
        (page) => clientOf(world, "grace", id).members.list(id, page),
      ],
      ListPersonalAccessTokens: [
        (page) => pats.list({}, page),
        (page) => pats.list({ userIds: userIds.slice(1) }, page),
        (page) => pats.list({ userIds }, page),
      ],
      ListEnterpriseUserCreditUsage: [
        (page) => billing.listUserUsage(id, {}, page),
        (page) => billing.listUserUsage(id, { asOf: new Date("2026-01-02") }, page),
        (page) => billing.listUserUsage(id, { asOf: new Date("2026-01-03") }, page),
        (page) => billing.listUserUsage(id, { sort: { field: "budget" } }, page),
        (page) => billing.listUserUsage(id, { sort: { field: "display_name" } }, page),
        (page) => billing.listUserUsage(id, { sort: { field: "display_name", descending: true } }, page),
      ],
    };
    for (const [name, searches] of Object.entries(lists)) {
      for (const from of searches) {
        const { cursor } = await from({ pageSize: 1 });
        for (const to of searches) {
          const next = to({ pageSize: 1, cursor }).first();
          if (to === from) await next;
          else expect(await codeOf(next), name).toBe("invalid_argument");
        }
      }
    }
    // The order of the user ids does not count.
    const { cursor } = await pats.list({ userIds }, { pageSize: 1 });
    await pats.list({ userIds: userIds.toReversed() }, { pageSize: 1, cursor });
  });

  it("no item is skipped if items leave the list between two pages", async () => {
    const ada = person(world, "ada");
    const { ona } = world.server;
    const all = ["A", "B", "C", "D"].map((name) => ona.addOrganization({ name, domain: "example.com" }));
    const first = await ada.rpc.listJoinableOrganizations({ pagination: { pageSize: 2 } });
    for (const { id } of all.slice(0, 2)) ona.join(id, ada.accountId);
    const token = first.pagination?.nextToken ?? "";
    const second = await ada.rpc.listJoinableOrganizations({ pagination: { pageSize: 2, token } });
    const names = [first, second].map(({ joinableOrganizations }) =>
      joinableOrganizations.map(({ organizationName }) => organizationName),
    );
    expect(names).toEqual([
      ["A", "B"],
      ["C", "D"],
    ]);
    expect(second.pagination?.nextToken).toBe("");
  });

  it("ListSSOLogins is paginated too, and another returnTo does not invalidate the page token", async () => {
    const domain = "example.com";
    for (const displayName of ["A", "B", "C"]) world.server.ona.addSso({ domain, displayName });
    const rpc = callAs(world);
    const email = "ada@example.com";
    const first = await rpc.listSSOLogins({ email, pagination: { pageSize: 2 } });
    const token = first.pagination?.nextToken ?? "";
    // `returnTo` is not part of what identifies the list.
    const second = await rpc.listSSOLogins({
      email,
      returnTo: "https://app.example.com/",
      pagination: { token },
    });
    expect(first.logins.map(({ displayName }) => displayName)).toEqual(["A", "B"]);
    expect(second.logins.map(({ displayName }) => displayName)).toEqual(["C"]);
  });
});
